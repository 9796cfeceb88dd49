/** A row of the list by its kind. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { currentLang } from "../../../core/words";
import { dayName } from "../format";
import { EventLine } from "../message/event-line";
import { OutRow } from "../message/out-row";
import { MessageRow } from "../message/row";
import type { Row } from "./rows";
import css from "./one-row.module.css";

interface Props {
  row: Row;
  thread: number | null;
  lit: number | null;
  begin: ReactNode;
}

export function OneRow({ row, thread, lit, begin }: Props) {
  switch (row.kind) {
    case "begin":
      return begin;
    case "day":
      return <Day at={row.at} />;
    case "new":
      return <NewLine />;
    case "event":
      return <EventLine message={row.message} />;
    case "out":
      return <OutRow item={row.item} starts={row.starts} />;
    case "message":
      return (
        <MessageRow
          message={row.message}
          starts={row.starts}
          thread={thread}
          lit={lit === row.message.seq}
        />
      );
  }
}

function Day({ at }: { at: number }) {
  const { t } = useTranslation("chat");
  const near = { today: t("day.today"), yesterday: t("day.yesterday") };
  return <p className={css.day}>{dayName(at, Date.now(), currentLang(), near)}</p>;
}

function NewLine() {
  const { t } = useTranslation("chat");
  return <p className={css.new}>{t("list.new")}</p>;
}
