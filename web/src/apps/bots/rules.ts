/** A robot's rules as they are typed and as the server takes them, and the line that tries its address. */
import type { Robot, RoomHead } from "../../core/api";

export const NAME_LIMIT = 80;
export const PER_MINUTE_LIMIT = 6000;

export interface RobotChange {
  name?: string;
  enabled?: boolean;
  keywords?: string[];
  addresses?: string[];
  per_minute?: number;
}

/** The rules as the fields of a form hold them: lists with one entry a line. */
export interface Draft {
  name: string;
  keywords: string;
  addresses: string;
  perMinute: string;
}

export const draftOf = (robot: Robot): Draft => ({
  name: robot.name,
  keywords: robot.keywords.join("\n"),
  addresses: robot.addresses.join("\n"),
  perMinute: String(robot.per_minute),
});

/** What stands on the lines, each once. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))];
}

/** What to ask of the server; null while something in the form can't be right. */
export function changeOf(draft: Draft): RobotChange | null {
  const name = draft.name.trim();
  const perMinute = Number(draft.perMinute);
  const fits = Number.isInteger(perMinute) && perMinute >= 1 && perMinute <= PER_MINUTE_LIMIT;
  if (name === "" || !fits) return null;
  return {
    name,
    keywords: linesOf(draft.keywords),
    addresses: linesOf(draft.addresses),
    per_minute: perMinute,
  };
}

/** Rooms where I may put a robot. */
export function mayHoldRobots(head: RoomHead, org: string): boolean {
  return head.org === org && head.role !== "member" && !head.direct && !head.archived;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A line for a terminal that says `text` through a hook. */
export function curlLine(hook: string, text: string): string {
  const body = JSON.stringify({ text });
  return `curl -H 'Content-Type: application/json' -d ${quoted(body)} ${quoted(hook)}`;
}
