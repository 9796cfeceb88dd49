/** A whole page that says what went wrong, what to do, and the number to give to an administrator. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/errors";
import css from "./ErrorPage.module.css";

export function ErrorPage({
  title,
  text,
  error,
  children,
}: {
  title: string;
  text: string;
  error?: unknown;
  /** Ways on. */
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const request = error instanceof ApiError ? error.requestId : null;
  return (
    <main className={css.page}>
      <div className={css.words}>
        <h1 className={css.title}>{title}</h1>
        <p className={css.text}>{text}</p>
        {request && <p className={css.request}>{t("request_number", { id: request })}</p>}
        <div className={css.ways}>{children}</div>
      </div>
    </main>
  );
}
