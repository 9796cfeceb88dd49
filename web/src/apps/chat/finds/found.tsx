/** A message found somewhere: who, where and when, a few lines of it, and the way to it. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Message } from "../../../core/api";
import { useHead, usePerson } from "../../../core/rooms/hooks";
import { Avatar } from "../../../core/ui/Avatar";
import { currentLang } from "../../../core/words";
import { shortTime } from "../format";
import { plainOf } from "../message/plain";
import css from "./found.module.css";

interface Props {
  message: Message;
  /** Whether to say which room it stands in. */
  room?: boolean;
  onOpen?: () => void;
}

export function FoundMessage({ message, room = false, onOpen }: Props) {
  const { t } = useTranslation("chat");
  const person = usePerson(message.sender);
  const head = useHead(message.room);
  return (
    <Link
      href={`/chat/${message.room}/${message.seq}`}
      className={css.found}
      {...(onOpen ? { onClick: onOpen } : {})}
    >
      <Avatar
        id={message.sender ?? ""}
        name={person?.name ?? ""}
        url={person?.avatar ?? null}
        size="small"
      />
      <span className={css.main}>
        <span className={css.head}>
          <span className={css.name}>{person?.name ?? t("message.gone")}</span>
          {room && head && <span className={css.room}>{head.name}</span>}
          <time className={css.time}>{shortTime(message.at, Date.now(), currentLang())}</time>
        </span>
        <span className={css.words}>
          {message.recalled_at ? t("message.recalled") : plainOf(message)}
        </span>
        {message.thread_count > 0 && (
          <span className={css.count}>{t("message.replies", { count: message.thread_count })}</span>
        )}
      </span>
    </Link>
  );
}
