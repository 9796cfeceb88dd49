/** Walking the list by keyboard: arrows move from message to message, R answers and E reacts to the one in focus. */
import { useState, type FocusEvent, type KeyboardEvent, type RefObject } from "react";
import type { Message } from "../../../core/api";
import { useCommand } from "../../../core/commands";
import { isLive } from "../rules";
import { replyTo, useView } from "../view";
import type { Scroller } from "./scrolling";

const FRAMES = 3;

export function useRowKeys(
  { list, rows, thread }: Scroller,
  box: RefObject<HTMLDivElement | null>,
) {
  const [focused, setFocused] = useState<Message | null>(null);
  const usable = focused !== null && isLive(focused) ? focused : null;
  useCommand("chat.reply", usable && (() => replyTo(usable, thread)));
  useCommand(
    "chat.react",
    usable && (() => useView.setState({ picking: `${usable.room} ${usable.seq}` })),
  );
  const focusRow = (index: number) => {
    list.scrollToIndex(index, { align: "auto" });
    afterFrames(FRAMES, () => {
      const row = box.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-seq]`);
      row?.focus({ preventScroll: true });
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = event.key === "ArrowUp" ? -1 : 1;
    const here = (event.target as Element).closest("[data-index]")?.getAttribute("data-index");
    const start = here === null || here === undefined ? rows.length : Number(here);
    const next = nextMessage(rows, start, step);
    if (next === null) return;
    event.preventDefault();
    focusRow(next);
  };
  const onFocus = (event: FocusEvent) => {
    const seq = Number((event.target as Element).closest("[data-seq]")?.getAttribute("data-seq"));
    const row = rows.find((one) => one.kind === "message" && one.message.seq === seq);
    setFocused(row?.kind === "message" ? row.message : null);
  };
  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setFocused(null);
  };
  return { onKeyDown, onFocus, onBlur };
}

function nextMessage(rows: Scroller["rows"], start: number, step: number): number | null {
  for (let index = start + step; index >= 0 && index < rows.length; index += step) {
    if (rows[index]!.kind === "message") return index;
  }
  return null;
}

function afterFrames(frames: number, run: () => void): void {
  if (frames === 0) run();
  else requestAnimationFrame(() => afterFrames(frames - 1, run));
}
