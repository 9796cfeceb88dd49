/** A thread below its root: who answers in it, how many replies, and when the last one came. */
import { useTranslation } from "react-i18next";
import type { Message } from "../../../core/api";
import { usePerson } from "../../../core/rooms/hooks";
import { Avatar } from "../../../core/ui/Avatar";
import { currentLang } from "../../../core/words";
import { shortTime } from "../format";
import { openPanel } from "../view";
import css from "./thread-summary.module.css";

export function ThreadSummary({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const time =
    message.thread_last_at && shortTime(message.thread_last_at, Date.now(), currentLang());
  return (
    <button
      type="button"
      className={css.summary}
      onClick={() => openPanel(message.room, "thread", message.seq)}
    >
      <span className={css.faces}>
        {message.thread_people.map((person) => (
          <Face key={person} person={person} />
        ))}
      </span>
      <span className={css.count}>{t("message.replies", { count: message.thread_count })}</span>
      {time && <span className={css.time}>{t("message.lastReply", { time })}</span>}
    </button>
  );
}

function Face({ person }: { person: string }) {
  const member = usePerson(person);
  return <Avatar id={person} name={member?.name ?? ""} url={member?.avatar ?? null} size="small" />;
}
