/** Where the list stands: opening at the first unread or the end, jumping to a message, loading more at the edges. */
import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useLog } from "../../../core/rooms/hooks";
import type { RoomLog } from "../../../core/rooms/log";
import { openPanel } from "../view";
import type { Row } from "./rows";

/** Nearer to an edge than this, the next page is fetched. */
const EDGE_PX = 1200;
const LIT_MS = 2000;

export interface Scroller {
  list: Virtualizer<HTMLDivElement, Element>;
  rows: Row[];
  room: string;
  thread: number | null;
}

const placeOf = (rows: Row[], seq: number): number =>
  rows.findIndex((row) => "message" in row && row.message.seq === seq);

/** Once, when the list appears, unless an address names a message; and whenever I send, to the end. */
export function useOpening({ list, rows }: Scroller, target: number | null): void {
  const sent = rows.at(-1)?.kind === "out" ? rows.at(-1)!.key : null;
  const first = useRef(true);
  useLayoutEffect(() => {
    if (!first.current) return;
    first.current = false;
    if (target !== null) return;
    const line = rows.findIndex((row) => row.kind === "new");
    if (line > 0) list.scrollToIndex(line, { align: "start" });
    else list.scrollToEnd();
  });
  useLayoutEffect(() => {
    if (sent !== null) list.scrollToEnd();
  }, [sent, list]);
}

/** Goes to a message that an address names, loading around it; answers which one to light up. */
export function useJump(scroller: Scroller, target: number | null): number | null {
  const { list, rows, room, thread } = scroller;
  const log = useLog(room);
  const [lit, setLit] = useState<number | null>(null);
  const [reached, setReached] = useState<number | null>(null);
  const place = target === null || reached === target ? -1 : placeOf(rows, target);
  useEffect(() => {
    if (target === null) return;
    void log.openAt(target, thread).then(() => openThreadOf(log, target, thread));
  }, [target, log, thread]);
  useLayoutEffect(() => {
    if (place < 0) return;
    list.scrollToIndex(place, { align: "center" });
    const timer = setTimeout(() => {
      setReached(target);
      setLit(target);
    }, 0);
    return () => clearTimeout(timer);
  }, [place, list, target]);
  useEffect(() => {
    if (lit === null) return;
    const timer = setTimeout(() => setLit(null), LIT_MS);
    return () => clearTimeout(timer);
  }, [lit]);
  return lit;
}

/** A reply that stands only in its thread is shown there. */
async function openThreadOf(log: RoomLog, seq: number, thread: number | null): Promise<void> {
  if (thread !== null) return;
  const message = log.get(seq) ?? (await log.fetchOne(seq));
  if (message?.thread !== undefined && message.thread !== null && !message.also_room) {
    openPanel(message.room, "thread", message.thread);
  }
}

/** Fetches before and after as the edges come near; answers whether older messages are on their way. */
export function usePaging(
  { rows, room, thread }: Scroller,
  box: RefObject<HTMLDivElement | null>,
): boolean {
  const log = useLog(room);
  const stretch = log.stretch(thread);
  useEffect(() => {
    const node = box.current;
    if (!node || rows.length === 0) return;
    const look = () => {
      if (node.scrollTop < EDGE_PX) void log.before(thread);
      if (node.scrollHeight - node.scrollTop - node.clientHeight < EDGE_PX) void log.after(thread);
    };
    look();
    node.addEventListener("scroll", look, { passive: true });
    return () => node.removeEventListener("scroll", look);
  }, [box, log, thread, rows]);
  return stretch.loading === "before";
}
