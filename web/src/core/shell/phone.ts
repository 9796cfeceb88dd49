/** Whether the screen shows one pane at a time; the same width as in the style sheets. */
import { useSyncExternalStore } from "react";

const narrow = matchMedia("(width < 48rem)");

function subscribe(changed: () => void): () => void {
  narrow.addEventListener("change", changed);
  return () => narrow.removeEventListener("change", changed);
}

export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
