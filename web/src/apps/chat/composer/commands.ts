/** Commands in a message: what is typed after the slash at its beginning. */

const QUERY_LIMIT = 32;

/** The "/…" at the beginning that the caret stands in, or null. */
export function commandAt(text: string, caret: number): { start: number; query: string } | null {
  const query = text.slice(1, caret);
  if (caret < 1 || !text.startsWith("/") || query.length > QUERY_LIMIT) return null;
  return /[\s/]/u.test(query) ? null : { start: 0, query };
}

/** The name of the command that a text gives, in lower case; null for a text that is none, such as a path or a comment. */
export function commandOf(text: string): string | null {
  const [, name] = /^\/([^\s/]+)(?:\s|$)/u.exec(text.trim()) ?? [];
  return name?.toLowerCase() ?? null;
}
