/** One message in a list: who, when, what, and what others made of it. */
import { Pin } from "lucide-react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "../../../core/api";
import { useMyId, usePerson } from "../../../core/rooms/hooks";
import { Avatar } from "../../../core/ui/Avatar";
import { Mark } from "../../../core/ui/Badge";
import { classes } from "../../../core/ui/classes";
import { useKept } from "../../../core/ui/onDemand";
import { currentLang } from "../../../core/words";
import { clockTime, narrowTime, wholeTime } from "../format";
import { messageTools } from "../later";
import { Blocks } from "./blocks";
import { Card } from "./card";
import { ConfirmRequest } from "./confirm";
import { Edited } from "./edited";
import { Files } from "./files";
import { QuoteLine } from "./quote";
import { Reactions } from "./reactions";
import { ReadState } from "./read-state";
import { ThreadSummary } from "./thread-summary";
import { Tombstone } from "./tombstone";
import { useTouched } from "./touched";
import { useView } from "../view";
import css from "./row.module.css";

interface Props {
  message: Message;
  starts: boolean;
  /** The list it stands in: a room's (null) or a thread's. */
  thread: number | null;
  /** Shown for a moment after a jump. */
  lit?: boolean;
}

export const MessageRow = memo(function MessageRow({
  message,
  starts,
  thread,
  lit = false,
}: Props) {
  const me = useMyId();
  const picking = useView((view) => view.picking === `${message.room} ${message.seq}`);
  const touched = useTouched(picking);
  const mentioned = message.mentions.all || message.mentions.people.includes(me);
  const recalled = message.recalled_at !== null;
  const Tools = useKept(messageTools, touched.hot && !recalled)?.Tools;
  return (
    <div
      className={classes(
        css.row,
        starts && css.starts,
        lit && css.lit,
        mentioned && !recalled && css.mentioned,
      )}
      data-seq={message.seq}
      tabIndex={-1}
      {...touched.handlers}
    >
      <Gutter message={message} starts={starts} />
      <div className={css.main}>
        {starts && <Byline message={message} />}
        {recalled ? (
          <Tombstone message={message} thread={thread} />
        ) : (
          <Body message={message} thread={thread} />
        )}
        {message.thread_count > 0 && thread === null && <ThreadSummary message={message} />}
      </div>
      {!recalled && message.sender === me && <ReadState message={message} />}
      {Tools && (
        <Tools
          message={message}
          thread={thread}
          open={touched.menu}
          onOpenChange={touched.setMenu}
        />
      )}
    </div>
  );
});

function Gutter({ message, starts }: { message: Message; starts: boolean }) {
  const person = usePerson(message.sender);
  return (
    <div className={css.gutter}>
      {starts ? (
        <Avatar id={message.sender ?? ""} name={person?.name ?? ""} url={person?.avatar ?? null} />
      ) : (
        <time className={css.aside} dateTime={new Date(message.at).toISOString()}>
          {narrowTime(message.at)}
        </time>
      )}
    </div>
  );
}

function Byline({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const person = usePerson(message.sender);
  const lang = currentLang();
  return (
    <header className={css.byline}>
      <span className={css.name}>{person?.name ?? (message.sender ? "…" : t("message.gone"))}</span>
      {person?.robot && <Mark>{t("message.robot")}</Mark>}
      {person?.title && <span className={css.title}>{person.title}</span>}
      <time
        className={css.time}
        dateTime={new Date(message.at).toISOString()}
        title={wholeTime(message.at, lang)}
      >
        {clockTime(message.at, lang)}
      </time>
      {message.pinned_at !== null && (
        <Note icon={<Pin className={css.small} aria-hidden />}>{t("message.pinned")}</Note>
      )}
    </header>
  );
}

function Body({ message, thread }: { message: Message; thread: number | null }) {
  const { t } = useTranslation("chat");
  return (
    <>
      {message.reply_to && <QuoteLine quote={message.reply_to} room={message.room} />}
      {message.thread !== null && thread === null && <Note>{t("message.alsoRoom")}</Note>}
      {message.body.length > 0 && <Blocks blocks={message.body} />}
      {message.edited_at !== null && <Edited message={message} />}
      {message.files.length > 0 && <Files files={message.files} />}
      {message.card && <Card card={message.card} message={message} thread={thread} />}
      {message.confirm && <ConfirmRequest message={message} />}
      <Reactions message={message} />
    </>
  );
}

function Note({ icon, children }: { icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={css.note}>
      {icon}
      {children}
    </span>
  );
}
