/** What I recalled on this page, so that it can be written again; gone with the page. */
import type { Message } from "../../../core/api";

const LIMIT = 20;
const texts = new Map<string, string>();

const keyOf = (message: Message): string => `${message.room} ${message.seq}`;

export function keepRecalled(message: Message): void {
  if (message.text === "") return;
  texts.set(keyOf(message), message.text);
  if (texts.size > LIMIT) texts.delete(texts.keys().next().value!);
}

export function recalledText(message: Message): string | undefined {
  return texts.get(keyOf(message));
}
