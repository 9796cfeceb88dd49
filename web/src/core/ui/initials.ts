/** The letters and the ink that stand for somebody without a picture. */

const INKS = 8;
const CJK = /\p{Script=Hangul}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

/** Two letters: the given name of a Korean or Chinese name ("김지수" → "지수"), else first letters. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? "";
  if (CJK.test(first)) {
    const letters = Array.from(words.join(""));
    return letters
      .slice(letters.length > 2 && letters.length < 5 ? -2 : 0)
      .slice(0, 2)
      .join("");
  }
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return [first, last]
    .map((word) => Array.from(word)[0] ?? "")
    .join("")
    .toUpperCase();
}

/** A number from 0 to 7 that is always the same for one id. */
export function inkOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % INKS;
}
