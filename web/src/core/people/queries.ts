/** The directory as it is asked for: people page by page, and all departments at once. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { answer, api, queryClient, type Department } from "../api";

const PAGE = 50;

export interface PeopleAsk {
  query?: string;
  department?: string;
  active?: boolean;
}

/** Everything below ["org", org] is asked for again when the live socket says that it changed. */
const peopleKey = (org: string) => ["org", org, "people"] as const;
const departmentsKey = (org: string) => ["org", org, "departments"] as const;

export function usePeople(org: string, ask: PeopleAsk) {
  return useInfiniteQuery({
    queryKey: [...peopleKey(org), ask],
    queryFn: ({ pageParam }) => {
      const query = { ...ask, limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      return answer(api.GET("/api/orgs/{org}/people", { params: { path: { org }, query } }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function usePerson(org: string, person: string) {
  return useQuery({
    queryKey: [...peopleKey(org), "one", person],
    queryFn: () =>
      answer(api.GET("/api/orgs/{org}/people/{person}", { params: { path: { org, person } } })),
  });
}

const NONE: readonly Department[] = [];

/** All departments; none while they are on their way. */
export function useDepartments(org: string): readonly Department[] {
  const { data } = useQuery({
    queryKey: departmentsKey(org),
    queryFn: async () =>
      (await answer(api.GET("/api/orgs/{org}/departments", { params: { path: { org } } }))).items,
  });
  return data ?? NONE;
}

/** After a change of people or departments. */
export async function forgetPeople(org: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: peopleKey(org) }),
    queryClient.invalidateQueries({ queryKey: departmentsKey(org) }),
  ]);
}
