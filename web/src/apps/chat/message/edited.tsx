/** The mark of an edited message; it opens what stood there before. */
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "../../../core/api";
import { late } from "../../../core/fetched";
import { Popover } from "../../../core/ui/Popover";
import { Spinner } from "../../../core/ui/Spinner";
import css from "./edited.module.css";

const History = late(() => import("../dialogs/history"));

export function Edited({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  return (
    <Popover
      label={t("message.history")}
      trigger={
        <button type="button" className={css.mark}>
          {t("message.edited")}
        </button>
      }
    >
      <Suspense fallback={<Spinner small />}>
        <History message={message} />
      </Suspense>
    </Popover>
  );
}
