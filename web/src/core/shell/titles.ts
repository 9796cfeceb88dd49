/** The page's title in the browser's tab, with what is unread before it. */
import { useEffect } from "react";
import { create } from "zustand";

interface Titles {
  page: string;
  /** Per app; the sum stands in the title. */
  unread: Readonly<Record<string, number>>;
}

const PRODUCT = "Narae";
const useTitles = create<Titles>(() => ({ page: "", unread: {} }));

/** "(3) 진료실 · Narae". */
export function titleOf(page: string, unread: number): string {
  const words = page === "" ? PRODUCT : `${page} · ${PRODUCT}`;
  return unread > 0 ? `(${unread}) ${words}` : words;
}

useTitles.subscribe(({ page, unread }) => {
  const sum = Object.values(unread).reduce((total, count) => total + count, 0);
  document.title = titleOf(page, sum);
});

/** Names the page while this view is on screen. */
export function useTitle(page: string): void {
  useEffect(() => useTitles.setState({ page }), [page]);
}

/** Tells the title how much waits in one app. */
export function useUnreadInTitle(app: string, count: number): void {
  useEffect(() => {
    useTitles.setState(({ unread }) => ({ unread: { ...unread, [app]: count } }));
  }, [app, count]);
}
