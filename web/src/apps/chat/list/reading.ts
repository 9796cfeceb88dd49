/** What counts as read: what is on screen while the page is looked at. */
import { useEffect, useState, type RefObject } from "react";
import { useHead, useLog } from "../../../core/rooms/hooks";
import { useLive } from "../../../core/rooms/live";
import { useView } from "../view";
import type { Scroller } from "./scrolling";

/** Moves my read pointer; answers whether the list stands at its end. */
export function useReading(
  { list, rows, room, thread }: Scroller,
  box: RefObject<HTMLDivElement | null>,
): boolean {
  const live = useLive();
  const log = useLog(room);
  const head = useHead(room);
  const kept = useView((view) => view.keptUnread === room);
  const [atEnd, setAtEnd] = useState(true);
  const lastSeq = head?.last_seq ?? 0;
  useEffect(() => {
    const look = () => {
      const end = list.isAtEnd() && !log.stretch(thread).hasAfter;
      setAtEnd(end);
      if (kept || thread !== null || document.visibilityState === "hidden" || !document.hasFocus())
        return;
      live.read(room, end ? lastSeq : lastSeen(rows, list.range?.endIndex ?? -1));
    };
    const frame = requestAnimationFrame(look);
    const node = box.current;
    node?.addEventListener("scroll", look, { passive: true });
    addEventListener("focus", look);
    return () => {
      cancelAnimationFrame(frame);
      node?.removeEventListener("scroll", look);
      removeEventListener("focus", look);
    };
  }, [list, rows, log, room, thread, box, live, kept, lastSeq]);
  return atEnd;
}

function lastSeen(rows: Scroller["rows"], end: number): number {
  for (let index = end; index >= 0; index--) {
    const row = rows[index];
    if (row && "message" in row) return row.message.seq;
  }
  return 0;
}
