/** The members of a room as they are asked for: a page at a time, asked again when membership changes. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { answer, api, type Department, type RoomMember } from "../../core/api";
import { useFrom } from "../../core/rooms/hooks";
import { useLive } from "../../core/rooms/live";
import { useOrg } from "../../core/session";

export function useMembers(room: string, query: string) {
  const { rooms } = useLive();
  const changes = useFrom(rooms, () => rooms.memberships.get(room) ?? 0);
  const asked = useInfiniteQuery({
    queryKey: ["room", room, "members", query, changes],
    initialPageParam: "",
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/rooms/{room}/members", {
          params: {
            path: { room },
            query: { ...(query ? { query } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
  const members: RoomMember[] = asked.data?.pages.flatMap((page) => page.items) ?? [];
  return { ...asked, members };
}

export function useDepartments(wanted: boolean): Department[] {
  const org = useOrg().id;
  const asked = useQuery({
    queryKey: ["org", org, "departments", "all"],
    enabled: wanted,
    queryFn: () => answer(api.GET("/api/orgs/{org}/departments", { params: { path: { org } } })),
  });
  return asked.data?.items ?? [];
}
