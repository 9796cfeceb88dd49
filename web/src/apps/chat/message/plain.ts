/** A message's words without their marks, for one-line views. */
import type { Block, Inline, Item, Message } from "../../../core/api";

export function plainOf(message: Message): string {
  const words = message.body.map(blockText).join(" ").trim();
  return words || (message.card?.title ?? message.files.map((file) => file.name).join(", "));
}

function blockText(block: Block | Item): string {
  switch (block.t) {
    case "p":
    case "h":
      return inlineText(block.c);
    case "code":
      return block.c.map(([, words]) => words).join("");
    case "table":
      return block.head.map(inlineText).join(" ");
    case "hr":
      return "";
    default:
      return block.c.map(blockText).join(" ");
  }
}

function inlineText(parts: Inline[]): string {
  return parts.map(partText).join("");
}

/** A name as it is called, however it was kept. */
export function atOf(name: string): string {
  return name.startsWith("@") ? name : `@${name}`;
}

function partText(part: Inline): string {
  if (part.t === "br") return " ";
  if (part.t === "at") return atOf(part.s);
  if ("s" in part) return part.s;
  return inlineText(part.c);
}
