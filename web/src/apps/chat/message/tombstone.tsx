/** What stays where a message was recalled. */
import { useTranslation } from "react-i18next";
import type { Message } from "../../../core/api";
import { useMyId, useNames } from "../../../core/rooms/hooks";
import { insertText } from "../view";
import { recalledText } from "./recalled";
import css from "./tombstone.module.css";

export function Tombstone({ message, thread }: { message: Message; thread: number | null }) {
  const { t } = useTranslation("chat");
  const me = useMyId();
  const nameOf = useNames();
  const by = message.recalled_by;
  const text = message.sender === me ? recalledText(message) : undefined;
  return (
    <p className={css.words}>
      {by === null || by === me
        ? t("message.recalled")
        : t("message.recalledBy", { name: nameOf(by) })}
      {text !== undefined && (
        <button
          type="button"
          className={css.again}
          onClick={() => insertText(message.room, thread, text)}
        >
          {t("message.rewrite")}
        </button>
      )}
    </p>
  );
}
