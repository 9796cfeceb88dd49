/** The live state as React sees it: each hook redraws only when its own answer changes. */
import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { Member, Message, PresenceState, RoomHead } from "../api";
import { useMe, useOrg } from "../session";
import { useLive } from "./live";
import type { Ask, Line } from "./asks";
import type { RoomLog } from "./log";
import type { Outgoing } from "./outbox";
import type { Sections } from "./rooms";
import type { Watched } from "./watched";

/** Redraws whenever the store changes at all. */
export function useVersion(store: Watched): number {
  return useSyncExternalStore(store.subscribe, () => store.version);
}

/** What the store answers; the answer must be the same object until it changes. */
export function useFrom<T>(store: Watched, answer: () => T): T {
  return useSyncExternalStore(store.subscribe, answer);
}

export function useHead(room: string): RoomHead | undefined {
  const { rooms } = useLive();
  return useFrom(rooms, () => rooms.get(room));
}

/** Commands of mine under way or failed, and lines that only I see, in a room or a thread. */
export function useAsksAt(room: string, thread: number | null): { asks: Ask[]; lines: Line[] } {
  const { asks } = useLive();
  return useFrom(asks, () => asks.at(room, thread));
}

export function useSections(): Sections {
  const { rooms } = useLive();
  const org = useOrg().id;
  return useFrom(rooms, () => rooms.sections(org));
}

/** Whether the list of rooms has come at least once. */
export function useRoomsReady(): boolean {
  const { rooms } = useLive();
  return useFrom(rooms, () => rooms.ready);
}

/** A person of the organisation on screen, looked up when first wanted. */
export function usePerson(id: string | null): Member | undefined {
  const { people } = useLive();
  const org = useOrg().id;
  return useFrom(people, () => (id === null ? undefined : people.get(org, id)));
}

/** A function from id to name, which redraws its view when names come. */
export function useNames(): (id: string) => string {
  const { people } = useLive();
  const org = useOrg().id;
  const version = useVersion(people);
  // eslint-disable-next-line react/exhaustive-deps -- a new function when names have come
  return useCallback((id: string) => people.get(org, id)?.name ?? "…", [people, org, version]);
}

export function usePresence(person: string | null): PresenceState | undefined {
  const { presence } = useLive();
  useEffect(() => (person === null ? undefined : presence.want(person)), [presence, person]);
  return useFrom(presence, () => (person === null ? undefined : presence.get(person)));
}

/** Who is typing here, as one string of ids so that equal answers do not redraw. */
export function useTyping(room: string, thread: number | null): string[] {
  const { presence } = useLive();
  const ids = useFrom(presence, () => presence.typing(room, thread).join(" "));
  return ids === "" ? [] : ids.split(" ");
}

export function useLog(room: string): RoomLog {
  return useLive().log(room);
}

export function useMessages(room: string, root: number | null): Message[] {
  const log = useLog(room);
  return useFrom(log, () => log.list(root));
}

export function useOutgoing(room: string, thread: number | null): Outgoing[] {
  const { outbox } = useLive();
  return useFrom(outbox, () => outbox.list(room, thread));
}

/** How many members have not read my message; null where it is not told. */
export function useUnread(message: Message): number | null {
  const { reads } = useLive();
  return useFrom(reads, () => reads.unread(message));
}

export function useMyId(): string {
  return useMe().person.id;
}
