/** Finding by a few letters: parts of words, and Hangul by initial consonants ("ㅈㄹㅅ" finds 진료실). */
import { disassemble, getChoseong } from "es-hangul";

const CONSONANTS = /^[ㄱ-ㅎ\s]+$/;

/** Best first; null where nothing fits. */
const SCORE = { start: 0, word: 1, inside: 2, initials: 3 } as const;

const plain = (text: string): string => text.normalize("NFC").toLowerCase().trim();

function place(text: string, query: string): number | null {
  const at = text.indexOf(query);
  if (at < 0) return null;
  if (at === 0) return SCORE.start;
  return text[at - 1] === " " ? SCORE.word : SCORE.inside;
}

/** How well a text fits what was typed, small is better; null where it does not. */
export function fit(query: string, text: string): number | null {
  const wanted = plain(query);
  const given = plain(text);
  if (wanted === "") return SCORE.inside;
  const whole = place(given, wanted);
  if (whole !== null) return whole;
  if (CONSONANTS.test(wanted)) {
    const initials = getChoseong(given).replaceAll(" ", "");
    return initials.includes(wanted.replaceAll(" ", "")) ? SCORE.initials : null;
  }
  // A syllable that is still being typed: "진ㄹ" or "지" on the way to 진료실.
  return place(disassemble(given), disassemble(wanted));
}

/** Those that fit, best first, equal ones in their old order. */
export function bestFits<T>(query: string, items: readonly T[], textOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, score: fit(query, textOf(item)) }))
    .filter((found): found is { item: T; score: number } => found.score !== null)
    .toSorted((a, b) => a.score - b.score)
    .map((found) => found.item);
}
