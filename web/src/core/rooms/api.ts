/** What the live state asks of the server over HTTP, so that tests hand in a fake. */
import { answer, api } from "../api";
import type { Changes, Draft, Member, Message, MessagePage, Reads, RoomHead } from "../api";

export interface PageAsk {
  before?: number;
  after?: number;
  around?: number;
  thread?: number;
  limit?: number;
}

export interface RoomsApi {
  messages(room: string, ask: PageAsk): Promise<MessagePage>;
  message(room: string, seq: number): Promise<Message>;
  changes(room: string, since: number): Promise<Changes>;
  room(room: string): Promise<RoomHead>;
  reads(room: string): Promise<Reads>;
  drafts(room: string): Promise<{ items: Draft[] }>;
  unread(room: string, seq: number): Promise<void>;
  peopleById(org: string, ids: string[]): Promise<Member[]>;
}

const CHANGES_PAGE = 200;

/** The data of a call that carries messages, whose code blocks hold pairs that openapi-fetch loosens. */
export const told = <T>(call: Promise<{ data?: unknown }>): Promise<T> =>
  answer<unknown>(call) as Promise<T>;

/** The real one. */
export const serverApi: RoomsApi = {
  messages: (room, query) =>
    told(api.GET("/api/rooms/{room}/messages", { params: { path: { room }, query } })),
  message: (room, seq) =>
    told(
      api.GET("/api/rooms/{room}/messages/{seq}", {
        params: { path: { room, seq: String(seq) } },
      }),
    ),
  changes: (room, since) =>
    told(
      api.GET("/api/rooms/{room}/changes", {
        params: { path: { room }, query: { since, limit: CHANGES_PAGE } },
      }),
    ),
  room: (room) => answer(api.GET("/api/rooms/{room}", { params: { path: { room } } })),
  reads: (room) => answer(api.GET("/api/rooms/{room}/reads", { params: { path: { room } } })),
  drafts: (room) => answer(api.GET("/api/rooms/{room}/drafts", { params: { path: { room } } })),
  unread: (room, seq) =>
    answer(api.POST("/api/rooms/{room}/unread", { params: { path: { room } }, body: { seq } })),
  async peopleById(org, ids) {
    const params = { path: { org }, query: { ids: ids.join(",") } };
    return (await answer(api.GET("/api/orgs/{org}/people-by-id", { params }))).items;
  },
};
