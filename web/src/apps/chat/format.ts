/** Times and sizes as people in each language write them. */
import type { Lang } from "../../core/api";

const LOCALES: Record<Lang, string> = { ko: "ko-KR", en: "en", zh: "zh-CN" };
const DAY_MS = 86_400_000;
const STEP = 1024;
const UNITS = ["B", "kB", "MB", "GB"];

const kept = new Map<string, Intl.DateTimeFormat>();

function format(lang: Lang, at: number, options: Intl.DateTimeFormatOptions): string {
  const key = lang + JSON.stringify(options);
  let made = kept.get(key);
  if (!made) kept.set(key, (made = new Intl.DateTimeFormat(LOCALES[lang], options)));
  return made.format(at);
}

/** "오후 2:05", "14:05". */
export const clockTime = (at: number, lang: Lang): string =>
  format(lang, at, { hour: "numeric", minute: "2-digit" });

/** "14:05" in every language, where there is little room. */
export const narrowTime = (at: number): string =>
  format("en", at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The whole moment, for a tooltip. */
export const wholeTime = (at: number, lang: Lang): string =>
  format(lang, at, { dateStyle: "full", timeStyle: "short" });

/** The day in words, with today and yesterday handed in. */
export function dayName(
  at: number,
  now: number,
  lang: Lang,
  near: { today: string; yesterday: string },
): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MS);
  if (days === 0) return near.today;
  if (days === 1) return near.yesterday;
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  return format(lang, at, { year, month: "long", day: "numeric", weekday: "long" });
}

/** The hour for today, else the day: for lists of messages. */
export function shortTime(at: number, now: number, lang: Lang): string {
  if (midnight(at) === midnight(now)) return clockTime(at, lang);
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : "2-digit";
  return format(lang, at, { year, month: "numeric", day: "numeric" });
}

export function sizeOf(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= STEP && unit < UNITS.length - 1) {
    size /= STEP;
    unit++;
  }
  return `${unit === 0 || size >= 10 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`;
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
