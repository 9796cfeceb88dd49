/** My message on its way: lighter ink until it is accepted, and it stays with two buttons if it is refused. */
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useConnection } from "../../../core/live/connection";
import { useLive } from "../../../core/rooms/live";
import type { Outgoing } from "../../../core/rooms/outbox";
import { useMe } from "../../../core/session";
import { Avatar } from "../../../core/ui/Avatar";
import { classes } from "../../../core/ui/classes";
import { currentLang } from "../../../core/words";
import { clockTime } from "../format";
import { Files } from "./files";
import row from "./row.module.css";
import css from "./out-row.module.css";

export function OutRow({ item, starts }: { item: Outgoing; starts: boolean }) {
  const { person } = useMe();
  return (
    <div className={classes(row.row, starts && row.starts)}>
      <div className={row.gutter}>
        {starts && <Avatar id={person.id} name={person.name} url={person.avatar} />}
      </div>
      <div className={row.main}>
        {starts && (
          <header className={row.byline}>
            <span className={row.name}>{person.name}</span>
            <time className={row.time}>{clockTime(item.at, currentLang())}</time>
          </header>
        )}
        <div className={classes(item.state !== "sent" && css.faint)}>
          <p className={css.words}>{item.text}</p>
          {item.files.length > 0 && <Files files={item.files} />}
        </div>
        {item.state === "failed" && <Failed item={item} />}
      </div>
      {item.state !== "failed" && <Waiting state={item.state} />}
    </div>
  );
}

function Waiting({ state }: { state: Outgoing["state"] }) {
  const { t } = useTranslation("chat");
  const online = useConnection((connection) => connection.status === "online");
  if (state === "sent") return null;
  return <span className={css.state}>{t(online ? "message.sending" : "message.queued")}</span>;
}

function Failed({ item }: { item: Outgoing }) {
  const { t } = useTranslation("chat");
  const { outbox } = useLive();
  return (
    <p className={css.failed} role="alert">
      <CircleAlert className={css.icon} aria-hidden />
      <span>
        {t("message.failed")}
        {item.error && `: ${item.error}`}
      </span>
      <button type="button" className={css.again} onClick={() => outbox.retry(item.nonce)}>
        {t("message.again")}
      </button>
      <button type="button" className={css.again} onClick={() => outbox.discard(item.nonce)}>
        {t("message.discard")}
      </button>
    </p>
  );
}
