/** What is open on the chat page: the right panel, what is being answered or edited, and where to jump. */
import { create } from "zustand";
import type { Message } from "../../core/api";

export type PanelKind = "thread" | "members" | "pins" | "files" | "search" | "settings";

export interface Panel {
  room: string;
  kind: PanelKind;
  /** The thread's root. */
  root: number | null;
}

interface View {
  panel: Panel | null;
  /** What is being answered, by place. */
  replies: Readonly<Record<string, Message>>;
  editing: { message: Message; thread: number | null } | null;
  /** The message whose emoji picker is open, as "room seq". */
  picking: string | null;
  /** The room that I marked unread by hand: it stays so until I come back to it. */
  keptUnread: string | null;
  /** Text to put into a room's composer, from an example or a recalled message. */
  insert: { place: string; text: string } | null;
}

export const useView = create<View>(() => ({
  panel: null,
  replies: {},
  editing: null,
  picking: null,
  keptUnread: null,
  insert: null,
}));

/** Names a composer: a room's own or a thread's. */
export const placeOf = (room: string, thread: number | null): string => `${room} ${thread ?? ""}`;

export function openPanel(room: string, kind: PanelKind, root: number | null = null): void {
  useView.setState({ panel: { room, kind, root } });
}

/** The same button opens and closes its panel. */
export function togglePanel(room: string, kind: PanelKind): void {
  const { panel } = useView.getState();
  if (panel?.room === room && panel.kind === kind) closePanel();
  else openPanel(room, kind);
}

export function closePanel(): void {
  useView.setState({ panel: null });
}

export function replyTo(message: Message, thread: number | null): void {
  const place = placeOf(message.room, thread);
  useView.setState(({ replies }) => ({ editing: null, replies: { ...replies, [place]: message } }));
}

export function endReply(room: string, thread: number | null): void {
  const place = placeOf(room, thread);
  useView.setState(({ replies }) => ({
    replies: Object.fromEntries(Object.entries(replies).filter(([key]) => key !== place)),
  }));
}

export function startEdit(message: Message, thread: number | null): void {
  useView.setState({ editing: { message, thread } });
}

export function endEdit(): void {
  useView.setState({ editing: null });
}

export function insertText(room: string, thread: number | null, text: string): void {
  useView.setState({ insert: { place: placeOf(room, thread), text } });
}
