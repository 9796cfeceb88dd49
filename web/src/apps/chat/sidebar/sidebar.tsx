/** The list of my rooms in three sections, what mentions me and my threads above it, and the way to new ones. */
import {
  AtSign,
  MessageCirclePlus,
  MessageSquareReply,
  Plus,
  Search,
  UsersRound,
} from "lucide-react";
import { Suspense, useDeferredValue, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { RoomHead } from "../../../core/api";
import { late } from "../../../core/fetched";
import { useRoomsReady, useSections } from "../../../core/rooms/hooks";
import { useOrg } from "../../../core/session";
import { Badge } from "../../../core/ui/Badge";
import { Button } from "../../../core/ui/Button";
import { classes } from "../../../core/ui/classes";
import { EmptyState } from "../../../core/ui/EmptyState";
import { IconButton } from "../../../core/ui/IconButton";
import { Menu, MenuItem } from "../../../core/ui/Menu";
import { Skeleton } from "../../../core/ui/Skeleton";
import { SearchField } from "../../../core/ui/TextField";
import { ask } from "../asking";
import { RoomRow } from "./room-row";
import css from "./sidebar.module.css";

const Filtered = late(() => import("./filtered"));

/** Fewer rooms than this need no filter. */
const FILTER_FROM = 8;

export default function Sidebar() {
  const { t } = useTranslation("chat");
  const sections = useSections();
  const ready = useRoomsReady();
  const [words, setWords] = useState("");
  const query = useDeferredValue(words.trim());
  const all = useMemo(
    () => [...sections.starred, ...sections.rooms, ...sections.direct],
    [sections],
  );
  const mentions = all.reduce((sum, head) => sum + head.mentions, 0);
  return (
    <>
      <header className={css.head}>
        <h2 className={css.title}>{t("title")}</h2>
        <NewMenu />
      </header>
      {all.length >= FILTER_FROM && (
        <div className={css.filter}>
          <SearchField label={t("side.filter")} value={words} onChange={setWords} />
        </div>
      )}
      <nav className={css.list} aria-label={t("side.rooms")}>
        {query === "" && <Entries mentions={mentions} />}
        {query !== "" && (
          <Suspense>
            <Filtered all={all} query={query} />
          </Suspense>
        )}
        {query === "" && ready && all.length === 0 && <NoRooms />}
        {query === "" && !ready && all.length === 0 && <Skeleton rows={7} />}
        {query === "" && (
          <>
            <Section title={t("side.starred")} heads={sections.starred} />
            <Section title={t("side.rooms")} heads={sections.rooms} />
            <Section title={t("side.direct")} heads={sections.direct} />
          </>
        )}
      </nav>
    </>
  );
}

function NewMenu() {
  const { t } = useTranslation("chat");
  const guest = useOrg().role === "guest";
  return (
    <Menu align="end" trigger={<IconButton label={t("side.new")} icon={Plus} />}>
      <MenuItem
        icon={MessageCirclePlus}
        label={t("side.newDirect")}
        onSelect={() => ask({ kind: "new-direct" })}
      />
      {!guest && (
        <>
          <MenuItem
            icon={UsersRound}
            label={t("side.newRoom")}
            onSelect={() => ask({ kind: "new-room" })}
          />
          <MenuItem
            icon={Search}
            label={t("side.joinRoom")}
            onSelect={() => ask({ kind: "join-room" })}
          />
        </>
      )}
    </Menu>
  );
}

function Entries({ mentions }: { mentions: number }) {
  const { t } = useTranslation("chat");
  return (
    <ul className={css.section}>
      <Entry href="/chat/mentions" icon={AtSign} label={t("side.mentions")}>
        <Badge strong count={mentions} label={t("side.mentioned", { count: mentions })} />
      </Entry>
      <Entry href="/chat/threads" icon={MessageSquareReply} label={t("side.threads")} />
      <Entry href="/chat/search" icon={Search} label={t("search.title")} />
    </ul>
  );
}

interface EntryProps {
  href: string;
  icon: typeof AtSign;
  label: string;
  children?: ReactNode;
}

function Entry({ href, icon: Icon, label, children }: EntryProps) {
  const [place] = useLocation();
  const here = place === href;
  return (
    <li>
      <Link
        href={href}
        className={classes(css.entry, here && css.here)}
        aria-current={here ? "page" : undefined}
      >
        <Icon className={css.icon} aria-hidden />
        <span className={css.label}>{label}</span>
        {children}
      </Link>
    </li>
  );
}

function Section({ title, heads }: { title: string; heads: RoomHead[] }) {
  if (heads.length === 0) return null;
  return (
    <section>
      <h3 className={css.heading}>{title}</h3>
      <ul className={css.section}>
        {heads.map((head) => (
          <RoomRow key={head.id} head={head} />
        ))}
      </ul>
    </section>
  );
}

function NoRooms() {
  const { t } = useTranslation("chat");
  return (
    <EmptyState
      icon={UsersRound}
      text={t("side.empty")}
      action={<Button onClick={() => ask({ kind: "join-room" })}>{t("side.joinRoom")}</Button>}
    />
  );
}
