/** Refusals as sentences: the server's own words where it gave some, else ours by what happened. */
import i18next from "i18next";
import { ApiError } from "../api/errors";

const TOO_MANY = 429;
const NOT_FOUND = 404;

export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return i18next.t("error.unknown");
  if (error.status === 0) return i18next.t("error.offline");
  if (error.message) return error.message;
  if (error.status === TOO_MANY)
    return i18next.t("error.too_many", { count: error.retryAfter ?? 1 });
  if (error.status === NOT_FOUND) return i18next.t("error.missing");
  return error.status >= 500 ? i18next.t("error.server") : i18next.t("error.unknown");
}
