/** Who may do what in a room, asked before a button is shown; the server decides again. */
import type { Message, RoomHead } from "../../core/api";

const RECALL_MS = 24 * 3_600_000;
export const ASK_BEFORE_ALL = 20;
/** The longest text of a message, in characters. */
export const TEXT_LIMIT = 20_000;
export const NAME_LIMIT = 80;
export const TOPIC_LIMIT = 500;
export const FILES_LIMIT = 20;
export const FILE_BYTES = 200_000_000;

export const leads = (head: RoomHead): boolean => head.role !== "member";

/** May change the room's name, members and rules; nobody changes a direct talk. */
export const mayManage = (head: RoomHead): boolean => leads(head) && !head.direct;

export const mayPost = (head: RoomHead): boolean =>
  !head.archived && (head.direct || head.posting === "all" || leads(head));

export const mayMentionAll = (head: RoomHead): boolean =>
  !head.direct && (head.mention_all === "all" || leads(head));

export const isLive = (message: Message): boolean =>
  message.recalled_at === null && message.kind !== "event";

export const mayEdit = (message: Message, me: string): boolean =>
  isLive(message) && message.kind === "text" && message.sender === me;

export function mayRecall(
  message: Message,
  ask: { me: string; head: RoomHead; now: number },
): boolean {
  if (!isLive(message)) return false;
  if (leads(ask.head) && !ask.head.direct) return true;
  return message.sender === ask.me && ask.now - message.at < RECALL_MS;
}
