/** Narae's wing and name. */
import { useTranslation } from "react-i18next";
import css from "./Mark.module.css";

export function Mark() {
  const { t } = useTranslation();
  return (
    <span className={css.mark}>
      <svg viewBox="0 0 32 32" className={css.wing} aria-hidden>
        <rect className={css.bed} width="32" height="32" rx="8" />
        <path
          className={css.feather}
          d="M7 22c1-8 7-13 18-14-1 3-3 5-6 6 2 0 3 0 4-1-1 3-4 5-7 5 1 1 2 1 3 0-2 3-6 4-8 4-1 1-2 2-2 3H7c0-1 0-2 0-3z"
        />
      </svg>
      {t("product")}
    </span>
  );
}
