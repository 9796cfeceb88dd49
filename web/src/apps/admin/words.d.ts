/** The administrator's words, checked by the compiler. */
import type ko from "./words/ko.json";

declare global {
  interface NaraeWords {
    admin: typeof ko;
  }
}
