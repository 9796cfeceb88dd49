/** One room in the sidebar: unread is weight, a mention is a badge, a muted room is dim. */
import { BellOff, Hash, Lock, PencilLine } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { RoomHead } from "../../../core/api";
import { useFrom, usePerson, usePresence } from "../../../core/rooms/hooks";
import { useLive } from "../../../core/rooms/live";
import { isWaiting, unreadOf } from "../../../core/rooms/rooms";
import { Avatar } from "../../../core/ui/Avatar";
import { Badge } from "../../../core/ui/Badge";
import { classes } from "../../../core/ui/classes";
import css from "./sidebar.module.css";

const MOST = 99;

export const RoomRow = memo(function RoomRow({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const { drafts } = useLive();
  const [place] = useLocation();
  const drafted = useFrom(drafts, () => drafts.get(head.id, null) !== "");
  const here = place.split("/")[2] === head.id;
  const unread = unreadOf(head);
  const quiet = head.muted || head.archived;
  return (
    <li>
      <Link
        href={`/chat/${head.id}`}
        className={classes(
          css.entry,
          quiet && css.muted,
          isWaiting(head) && !here && css.waiting,
          here && css.here,
        )}
        aria-current={here ? "page" : undefined}
      >
        <Face head={head} />
        <span className={css.label}>{head.name}</span>
        {drafted && !here && (
          <PencilLine className={css.small} role="img" aria-label={t("side.draft")} />
        )}
        {head.muted && <BellOff className={css.small} role="img" aria-label={t("side.muted")} />}
        <Counts head={head} unread={here ? 0 : unread} />
      </Link>
    </li>
  );
});

function Counts({ head, unread }: { head: RoomHead; unread: number }) {
  const { t } = useTranslation("chat");
  const mentions = head.mentions;
  if (mentions > 0) {
    return <Badge strong count={mentions} label={t("side.mentioned", { count: mentions })} />;
  }
  if (unread === 0 || head.muted) return null;
  if (head.direct)
    return <Badge strong count={unread} label={t("side.unread", { count: unread })} />;
  return (
    <span className={css.count}>
      <span aria-hidden>{unread > MOST ? `${MOST}+` : unread}</span>
      <span className="visually-hidden">{t("side.unread", { count: unread })}</span>
    </span>
  );
}

function Face({ head }: { head: RoomHead }) {
  if (head.direct && head.other) return <OtherFace id={head.other} name={head.name} />;
  const Icon = head.is_public ? Hash : Lock;
  return <Icon className={css.icon} aria-hidden />;
}

function OtherFace({ id, name }: { id: string; name: string }) {
  const person = usePerson(id);
  const presence = usePresence(id);
  return (
    <Avatar id={id} name={name} url={person?.avatar ?? null} size="small" presence={presence} />
  );
}
