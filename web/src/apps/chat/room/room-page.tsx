/** One room: its head, what stands on top of it, its messages, the composer and the right panel. */
import { MessagesSquare } from "lucide-react";
import { Suspense, useEffect, useMemo, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RoomHead } from "../../../core/api";
import { useCommand } from "../../../core/commands";
import { late } from "../../../core/fetched";
import { useHead, useRoomsReady } from "../../../core/rooms/hooks";
import { useLive } from "../../../core/rooms/live";
import { serverApi } from "../../../core/rooms/api";
import { unreadOf } from "../../../core/rooms/rooms";
import { Button } from "../../../core/ui/Button";
import { EmptyState } from "../../../core/ui/EmptyState";
import { Skeleton } from "../../../core/ui/Skeleton";
import { attach } from "../composer/attach";
import { Composer } from "../composer/composer";
import { ForMe } from "../for-me";
import { useLaterParts } from "../later";
import { MessageList } from "../list/list";
import { Unsent } from "../list/unsent";
import { mayPost } from "../rules";
import { useView } from "../view";
import { Begin } from "./begin";
import { NotifyAsk } from "./notify-ask";
import { RoomHeader } from "./room-header";
import { TopCard } from "./top-card";
import css from "./room.module.css";

const RoomPanel = late(() => import("../panel/room-panel"));

interface Props {
  room: string;
  target: number | null;
}

export function RoomPage({ room, target }: Props) {
  const { t } = useTranslation("chat");
  const head = useHead(room);
  const ready = useRoomsReady();
  if (head) return <Room head={head} target={target} />;
  if (!ready)
    return (
      <Unsent room={room} thread={null}>
        <div className={css.middle}>
          <Skeleton rows={6} avatars />
        </div>
      </Unsent>
    );
  return (
    <div className={css.middle}>
      <EmptyState
        icon={MessagesSquare}
        text={t("room.missing")}
        action={<Button render={<Link href="/chat" />}>{t("room.toList")}</Button>}
      />
    </div>
  );
}

function Room({ head, target }: { head: RoomHead; target: number | null }) {
  const { t } = useTranslation("chat");
  const live = useLive();
  const panel = useView((view) => (view.panel?.room === head.id ? view.panel : null));
  const newFrom = useOpened(head, target);
  const drop = useDrop(head.id);
  useLaterParts();
  useCommand("frame.escape", () => live.read(head.id, head.last_seq));
  return (
    <div className={css.room} {...drop.handlers}>
      <RoomHeader head={head} />
      <TopCard head={head} />
      <NotifyAsk />
      <MessageList
        room={head.id}
        thread={null}
        newFrom={newFrom}
        target={target}
        begin={<Begin head={head} />}
      />
      <ForMe room={head.id} thread={null} />
      {mayPost(head) ? <Composer head={head} thread={null} /> : <NoPosting head={head} />}
      {drop.over && <div className={css.drop}>{t("compose.drop")}</div>}
      {panel && (
        <Suspense>
          <RoomPanel head={head} panel={panel} />
        </Suspense>
      )}
    </div>
  );
}

function NoPosting({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  return (
    <p className={css.noPosting}>{t(head.archived ? "room.archivedNote" : "room.postNote")}</p>
  );
}

/** Loads the room where I left off; answers the first message I had not read when I came. */
function useOpened(head: RoomHead, target: number | null): number | null {
  const live = useLive();
  const [first] = useState(() =>
    unreadOf(head) > 0 ? Math.max(head.read_seq, head.join_seq) + 1 : null,
  );
  const start = useMemo(
    () => ({ first, target, direct: head.direct }),
    [first, target, head.direct],
  );
  useEffect(() => {
    const log = live.log(head.id);
    if (start.target !== null) void log.openAt(start.target);
    else if (start.first !== null && !start.direct) void log.openAt(start.first);
    else void log.openNewest();
    // The place is chosen once, when the room is opened.
    // eslint-disable-next-line react/exhaustive-deps
  }, [live, head.id]);
  useEffect(() => {
    useView.setState(({ keptUnread }) => (keptUnread === head.id ? { keptUnread: null } : {}));
    void live.reads.open(head.id);
    void serverApi.drafts(head.id).then(
      ({ items }) => {
        for (const draft of items) live.drafts.heard(head.id, draft.thread, draft.text);
      },
      () => undefined,
    );
  }, [live, head.id]);
  return first;
}

/** Files dropped anywhere on the room go to its composer. */
function useDrop(room: string) {
  const [over, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      attach(room, null, event.dataTransfer.files, 0);
    },
  };
  return { over, handlers };
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes("Files");
