/** The robots' words, checked by the compiler. */
import type ko from "./words/ko.json";

declare global {
  interface NaraeWords {
    bots: typeof ko;
  }
}
