/** Browser notifications: for direct talks and for messages that mean me, never in quiet hours, and without a sound. */
import { navigate } from "wouter/use-browser-location";
import type { Message, Settings } from "../../core/api";
import type { LiveState } from "../../core/rooms/state";
import { plainOf } from "./message/plain";

const EXCERPT = 120;
const MINUTES = 60;

const canNotify = (): boolean => "Notification" in globalThis;
export const mayAsk = (): boolean => canNotify() && Notification.permission === "default";

export function notifyOf(live: LiveState, message: Message): void {
  const head = live.rooms.get(message.room);
  const { id, settings } = live.me.person;
  if (!head || message.sender === id || message.kind === "event" || message.recalled_at) return;
  const meant = message.mentions.all || message.mentions.people.includes(id);
  if (!meant && (head.muted || !(head.direct || message.confirm))) return;
  if (!canNotify() || Notification.permission !== "granted") return;
  if (document.hasFocus() || isQuiet(settings, new Date())) return;
  const name = live.people.get(head.org, message.sender ?? "")?.name ?? head.name;
  const title = head.direct ? head.name : `${name} · ${head.name}`;
  const note = new Notification(title, {
    body: plainOf(message).slice(0, EXCERPT),
    tag: message.room,
    silent: true,
  });
  note.addEventListener("click", () => {
    focus();
    navigate(`/chat/${message.room}/${message.seq}`);
    note.close();
  });
}

/** Whether now lies in the quiet hours, which may run over midnight: "22:00" to "07:00". */
export function isQuiet(
  settings: Pick<Settings, "quiet_from" | "quiet_to" | "timezone">,
  now: Date,
): boolean {
  if (!settings.quiet_from || !settings.quiet_to) return false;
  const from = minutesOf(settings.quiet_from);
  const to = minutesOf(settings.quiet_to);
  const at = minutesOf(clockIn(settings.timezone, now));
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

function clockIn(timezone: string, now: Date): string {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  try {
    return now.toLocaleTimeString("en", { ...options, timeZone: timezone });
  } catch {
    return now.toLocaleTimeString("en", options);
  }
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(":").map(Number);
  return (hours ?? 0) * MINUTES + (minutes ?? 0);
}
