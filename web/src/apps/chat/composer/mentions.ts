/** Naming people in a message: what is typed after "@", who fits, and who is still named when it is sent. */
import type { Mentions } from "../../../core/api";

const QUERY_LIMIT = 20;

export interface Target {
  kind: "person" | "department" | "all" | "command";
  id: string;
  name: string;
  detail: string;
  avatar: string | null;
}

/** The "@…" that the caret stands in, or null. */
export function mentionAt(text: string, caret: number): { start: number; query: string } | null {
  const before = text.slice(0, caret);
  const start = before.lastIndexOf("@");
  if (start < 0 || caret - start - 1 > QUERY_LIMIT) return null;
  if (start > 0 && /[\p{L}\p{N}]/u.test(before[start - 1]!) && isLatin(before[start - 1]!))
    return null;
  const query = before.slice(start + 1);
  return /[\s@]/u.test(query) ? null : { start, query };
}

/** An address such as a@b is no mention, but "님@" in Korean may be. */
function isLatin(letter: string): boolean {
  return /[a-z0-9]/iu.test(letter);
}

/** The text with the mention put in, and where the caret goes. */
export function complete(text: string, caret: number, start: number, name: string, sign = "@") {
  const put = `${sign}${name} `;
  const rest = text.slice(caret).replace(/^ /u, "");
  return { text: text.slice(0, start) + put + rest, caret: start + put.length };
}

/** Of those who may be meant, the ones whose "@name" stands in the text; the longest name wins. */
export function mentionsIn(text: string, targets: Target[]): Mentions {
  const found = { person: new Set<string>(), department: new Set<string>(), all: false };
  let rest = text;
  for (const target of targets.toSorted((a, b) => b.name.length - a.name.length)) {
    const named = `@${target.name}`;
    if (target.kind === "command") continue;
    const known = target.kind !== "all" && found[target.kind].has(target.id);
    if (known || !rest.includes(named)) continue;
    if (target.kind === "all") found.all = true;
    else found[target.kind].add(target.id);
    rest = rest.replaceAll(named, " ");
  }
  return { people: [...found.person], departments: [...found.department], all: found.all };
}
