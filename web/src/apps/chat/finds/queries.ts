/** Lists of messages that are asked for: pins, files, mentions, threads and searches. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { answer, api, type Message, type Page, type RoomFile } from "../../../core/api";
import { told } from "../../../core/rooms/api";
import { useOrg } from "../../../core/session";

/** Shorter words find too much. */
export const SHORTEST = 2;

const turn = (cursor: string) => (cursor ? { cursor } : {});

function usePages<T>(
  key: readonly unknown[],
  ask: (cursor: string) => Promise<Page<T>>,
  enabled = true,
) {
  return useInfiniteQuery({
    queryKey: key,
    enabled,
    initialPageParam: "",
    staleTime: 0,
    queryFn: ({ pageParam }) => ask(pageParam),
    getNextPageParam: (page: Page<T>) => page.next,
  });
}

export const usePins = (room: string) =>
  usePages(["room", room, "pins"], () =>
    told<Page<Message>>(api.GET("/api/rooms/{room}/pins", { params: { path: { room } } })),
  );

export const useFiles = (room: string) =>
  usePages<RoomFile>(["room", room, "files"], (cursor) =>
    answer(api.GET("/api/rooms/{room}/files", { params: { path: { room }, query: turn(cursor) } })),
  );

export function useMentions() {
  const org = useOrg().id;
  return usePages(["org", org, "mentions"], (cursor) =>
    told<Page<Message>>(
      api.GET("/api/orgs/{org}/mentions", { params: { path: { org }, query: turn(cursor) } }),
    ),
  );
}

export function useThreads() {
  const org = useOrg().id;
  return usePages(["org", org, "threads"], (cursor) =>
    told<Page<Message>>(
      api.GET("/api/orgs/{org}/threads", { params: { path: { org }, query: turn(cursor) } }),
    ),
  );
}

/** Messages that I may see, in one room or in all. */
export function useSearch(query: string, room: string | null) {
  const org = useOrg().id;
  const words = query.trim();
  return usePages(
    ["org", org, "search", words, room],
    (cursor) =>
      told<Page<Message>>(
        api.GET("/api/orgs/{org}/search", {
          params: {
            path: { org },
            query: { query: words, ...(room ? { room } : {}), ...turn(cursor) },
          },
        }),
      ),
    words.length >= SHORTEST,
  );
}
