/** The line above the text while a message is answered or edited. */
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNames } from "../../../core/rooms/hooks";
import { IconButton } from "../../../core/ui/IconButton";
import { plainOf } from "../message/plain";
import type { Writing } from "./use-writing";
import css from "./mode.module.css";

export function Mode({ writing }: { writing: Writing }) {
  const { t } = useTranslation("chat");
  const nameOf = useNames();
  const { editing, reply } = writing;
  if (!editing && !reply) return null;
  const sender = reply?.sender ?? null;
  const name = sender === null ? t("message.gone") : nameOf(sender);
  return (
    <div className={css.mode}>
      <span className={css.what}>
        {editing ? t("compose.editing") : t("compose.replying", { name })}
      </span>
      <span className={css.words}>{reply && !editing && plainOf(reply)}</span>
      <IconButton small icon={X} label={t("compose.cancel")} onClick={() => writing.leave()} />
    </div>
  );
}
