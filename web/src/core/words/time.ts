/** Times as people read them, in the language of the page. */
import { currentLang } from "./index";

const TAGS = { ko: "ko-KR", en: "en-GB", zh: "zh-CN" } as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
] as const;
const LONG_AGO = 7 * DAY;

const tag = (): string => TAGS[currentLang()];

/** "2026년 11월 22일 오후 4:31". */
export function dateTime(at: number): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** "2026년 11월 22일". */
export function date(at: number): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: "medium" }).format(at);
}

/** "3시간 전", "5일 후", "지금"; a plain date beyond a week. What is to come is rounded: a fresh week has seven days. */
export function ago(at: number, now: number = Date.now()): string {
  const gap = at - now;
  if (Math.abs(gap) > LONG_AGO) return date(at);
  const whole = gap < 0 ? Math.trunc : Math.round;
  const words = new Intl.RelativeTimeFormat(tag(), { numeric: "auto" });
  for (const [unit, size] of STEPS)
    if (Math.abs(gap) >= size) return words.format(whole(gap / size), unit);
  return words.format(0, "second");
}
