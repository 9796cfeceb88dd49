/** The people app's words, checked by the compiler. */
import type ko from "./words/ko.json";

declare global {
  interface NaraeWords {
    people: typeof ko;
  }
}
