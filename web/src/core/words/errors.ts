/** Refusals as sentences in the reader's language: by the code, else the server's own words, else by the status. */
import i18next from "i18next";
import type core from "./ko.json";
import { ApiError } from "../api/errors";

const TOO_MANY = 429;
const NOT_FOUND = 404;

type Known = `refusal.${keyof typeof core.refusal}`;

/** The sentence for a code that we know; undefined for others. */
function byCode(code: string): string | undefined {
  const key: string = `refusal.${code}`;
  return i18next.exists(key) ? i18next.t(key as Known) : undefined;
}

export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return i18next.t("error.unknown");
  if (error.status === 0) return i18next.t("error.offline");
  if (error.status === TOO_MANY && error.retryAfter !== null)
    return i18next.t("error.too_many", { count: Math.ceil(error.retryAfter) });
  const words = byCode(error.code) ?? error.message;
  if (words) return words;
  if (error.status === NOT_FOUND) return i18next.t("error.missing");
  return error.status >= 500 ? i18next.t("error.server") : i18next.t("error.unknown");
}
