/** What a person can do with rooms and messages; answers are shown at once, before their events come. */
import {
  answer,
  api,
  queryClient,
  type Mentions,
  type Message,
  type RoomHead,
} from "../../core/api";
import { told } from "../../core/rooms/api";
import { liveNow } from "../../core/rooms/live";

const at = (message: Message) => ({
  params: { path: { room: message.room, seq: String(message.seq) } },
});
const of = (room: string) => ({ params: { path: { room } } });

async function shown(call: Promise<{ data?: unknown }>): Promise<Message> {
  const message = await told<Message>(call);
  liveNow()?.answered([message]);
  return message;
}

async function headed(call: Promise<{ data?: RoomHead }>): Promise<RoomHead> {
  const head = await answer(call);
  liveNow()?.rooms.put(head);
  return head;
}

export function react(message: Message, emoji: string, me: string): Promise<Message> {
  const mine = message.reactions.some(
    (reaction) => reaction.emoji === emoji && reaction.by.includes(me),
  );
  const params = { path: { room: message.room, seq: String(message.seq), emoji } };
  const path = "/api/rooms/{room}/messages/{seq}/reactions/{emoji}";
  return shown(mine ? api.DELETE(path, { params }) : api.PUT(path, { params }));
}

export async function pin(message: Message): Promise<Message> {
  const path = "/api/rooms/{room}/messages/{seq}/pin";
  const pinned = await shown(
    message.pinned_at === null ? api.PUT(path, at(message)) : api.DELETE(path, at(message)),
  );
  void queryClient.invalidateQueries({ queryKey: ["room", message.room, "pins"] });
  return pinned;
}

export const recall = (message: Message) =>
  shown(api.POST("/api/rooms/{room}/messages/{seq}/recall", at(message)));

export const edit = (message: Message, text: string, mentions: Mentions) =>
  shown(
    api.PATCH("/api/rooms/{room}/messages/{seq}", { ...at(message), body: { text, mentions } }),
  );

export const confirm = (message: Message) =>
  answer(api.POST("/api/rooms/{room}/messages/{seq}/confirm", at(message)));

export const putOnTop = (message: Message) =>
  headed(api.PUT("/api/rooms/{room}/top", { ...of(message.room), body: { seq: message.seq } }));

export const takeFromTop = (room: string) => headed(api.DELETE("/api/rooms/{room}/top", of(room)));

export const changeMine = (room: string, body: { muted?: boolean; starred?: boolean }) =>
  headed(api.PATCH("/api/rooms/{room}/me", { ...of(room), body }));

export type RoomChange = {
  name?: string;
  topic?: string;
  is_public?: boolean;
  posting?: "all" | "owners";
  mention_all?: "all" | "owners";
};

export const changeRoom = (room: string, body: RoomChange) =>
  headed(api.PATCH("/api/rooms/{room}", { ...of(room), body }));

export const archive = (head: RoomHead) =>
  headed(
    head.archived
      ? api.POST("/api/rooms/{room}/unarchive", of(head.id))
      : api.POST("/api/rooms/{room}/archive", of(head.id)),
  );

export const join = (room: string) => headed(api.POST("/api/rooms/{room}/join", of(room)));

export async function leave(room: string): Promise<void> {
  await answer(api.POST("/api/rooms/{room}/leave", of(room)));
  liveNow()?.rooms.left(room);
}

export type NewRoom = {
  name: string;
  topic?: string;
  is_public?: boolean;
  people?: string[];
  departments?: string[];
};

export const makeRoom = (org: string, body: NewRoom) =>
  headed(api.POST("/api/orgs/{org}/rooms", { params: { path: { org } }, body }));

export const openDirect = (org: string, person: string) =>
  headed(api.POST("/api/orgs/{org}/direct", { params: { path: { org } }, body: { person } }));

const members = (room: string) =>
  queryClient.invalidateQueries({ queryKey: ["room", room, "members"] });

export async function addMembers(
  room: string,
  people: string[],
  departments: string[] = [],
): Promise<void> {
  await answer(
    api.POST("/api/rooms/{room}/members", { ...of(room), body: { people, departments } }),
  );
  await members(room);
}

export async function removeMember(room: string, person: string): Promise<void> {
  await answer(
    api.DELETE("/api/rooms/{room}/members/{person}", { params: { path: { room, person } } }),
  );
  await members(room);
}

export async function changeRole(
  room: string,
  person: string,
  role: "admin" | "member",
): Promise<void> {
  const params = { path: { room, person } };
  await answer(api.PATCH("/api/rooms/{room}/members/{person}", { params, body: { role } }));
  await members(room);
}

export async function giveRoom(room: string, person: string): Promise<void> {
  await headed(api.POST("/api/rooms/{room}/owner", { ...of(room), body: { person } }));
  await members(room);
}
