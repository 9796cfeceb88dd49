/** Short news in a corner that goes by itself: `toast(t("saved"))` from anywhere. */
import { Suspense } from "react";
import { create } from "zustand";
import { late } from "../fetched";
import { sentenceOf } from "../words/errors";

export interface News {
  text: string;
  /** One way on, such as an undo. */
  action?: { label: string; run: () => void } | undefined;
  /** Something went wrong: stands out and is read aloud at once. */
  wrong?: boolean;
}

interface Corner {
  /** Whether anything was ever told: only then is the corner fetched. */
  used: boolean;
  waiting: readonly News[];
}

export const useNews = create<Corner>(() => ({ used: false, waiting: [] }));

const tell = (news: News): void =>
  useNews.setState(({ waiting }) => ({ used: true, waiting: [...waiting, news] }));

/** Tells something; `action` is one way on, such as an undo. */
export const toast = (text: string, action?: News["action"]): void => tell({ text, action });

/** Tells what went wrong, in a sentence. */
export const toastError = (error: unknown): void => tell({ text: sentenceOf(error), wrong: true });

const ToastCorner = late(() => import("./ToastParts"));

/** The corner itself; stands once in the frame. */
export function Toasts() {
  const used = useNews((news) => news.used);
  return <Suspense>{used && <ToastCorner />}</Suspense>;
}
