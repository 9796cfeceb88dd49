/** The line under the composer: who is typing, what is asked of the readers, and how to write and send. */
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { Button } from "../../../core/ui/Button";
import { TypingLine } from "./typing-line";
import type { Writing } from "./use-writing";
import css from "./composer.module.css";

interface Props {
  head: RoomHead;
  thread: number | null;
  enterSends: boolean;
  writing: Writing;
}

export function Foot({ head, thread, enterSends, writing }: Props) {
  const { t } = useTranslation("chat");
  const { over, uploading, confirm, command } = writing;
  if (over > 0) {
    return (
      <p className={css.over} role="alert">
        {t("compose.long", { count: over })}
      </p>
    );
  }
  if (command.unknown !== null) {
    return (
      <div className={css.foot} role="alert">
        <span className={css.unknown}>{t("ask.unknown", { name: command.unknown })}</span>
        <Button small onClick={command.asText}>
          {t("ask.asText")}
        </Button>
      </div>
    );
  }
  return (
    <div className={css.foot}>
      <TypingLine room={head.id} thread={thread} />
      {uploading && <span className={css.note}>{t("compose.waitUpload")}</span>}
      {confirm && <span className={css.note}>{t("compose.confirmOn")}</span>}
      <span className={css.hint}>{t("compose.hint")}</span>
      <span className={css.hint}>
        {t(enterSends ? "compose.hintEnter" : "compose.hintModEnter")}
      </span>
    </div>
  );
}
