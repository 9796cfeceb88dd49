/** Tells the compiler the keys of this app's words. */
import type ko from "./words/ko.json";

declare global {
  interface NaraeWords {
    chat: typeof ko;
  }
}
