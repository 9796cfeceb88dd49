/** When a robot was last called, in words. */
import { useTranslation } from "react-i18next";
import type { Robot } from "../../core/api";
import { ago } from "../../core/words/time";

export function useLastCall({ called_at: at }: Robot): string {
  const { t } = useTranslation("bots");
  return at === null ? t("calls.never") : t("calls.last", { when: ago(at) });
}
