/** The message that is held on top of the room, in one line that leads to it, and the way to the pinned ones. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Megaphone, Pin, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api, type Message, type RoomHead } from "../../../core/api";
import { told } from "../../../core/rooms/api";
import { useFrom, useLog } from "../../../core/rooms/hooks";
import { IconButton } from "../../../core/ui/IconButton";
import { toastError } from "../../../core/ui/Toast";
import { takeFromTop } from "../actions";
import { usePins } from "../finds/queries";
import { plainOf } from "../message/plain";
import { leads } from "../rules";
import { togglePanel } from "../view";
import css from "./top-card.module.css";

export function TopCard({ head }: { head: RoomHead }) {
  return (
    <>
      {head.top !== null && <Shown head={head} seq={head.top} />}
      <PinnedBar room={head.id} />
    </>
  );
}

/** How many messages are pinned; it opens them. */
function PinnedBar({ room }: { room: string }) {
  const { t } = useTranslation("chat");
  const pins = usePins(room);
  useFreshPins(room);
  const count = pins.data?.pages.flatMap((page) => page.items).length ?? 0;
  if (count === 0) return null;
  return (
    <button type="button" className={css.pins} onClick={() => togglePanel(room, "pins")}>
      <Pin className={css.small} aria-hidden />
      {t("top.pins", { count })}
    </button>
  );
}

/** Asks for the pins again when a loaded message is pinned or let go by somebody. */
function useFreshPins(room: string): void {
  const log = useLog(room);
  const client = useQueryClient();
  const pinned = useFrom(log, () => pinnedIn(log.list(null)));
  const seen = useRef(pinned);
  useEffect(() => {
    if (pinned !== seen.current)
      void client.invalidateQueries({ queryKey: ["room", room, "pins"] });
    seen.current = pinned;
  }, [pinned, client, room]);
}

const pinnedIn = (messages: Message[]): string =>
  messages.flatMap((message) => (message.pinned_at === null ? [] : message.seq)).join(" ");

function Shown({ head, seq }: { head: RoomHead; seq: number }) {
  const { t } = useTranslation("chat");
  const message = useMessage(head.id, seq);
  if (!message || message.recalled_at !== null) return null;
  return (
    <div className={css.top} role="note" aria-label={t("top.label")}>
      <Megaphone className={css.icon} aria-hidden />
      <Link href={`/chat/${head.id}/${seq}`} className={css.words}>
        {plainOf(message)}
      </Link>
      {(leads(head) || head.direct) && (
        <IconButton
          small
          icon={X}
          label={t("act.untop")}
          onClick={() => void takeFromTop(head.id).catch(toastError)}
        />
      )}
    </div>
  );
}

/** A message by its place: from the log if it is loaded, else asked for. */
function useMessage(room: string, seq: number): Message | undefined {
  const log = useLog(room);
  const known = useFrom(log, () => log.get(seq));
  const asked = useQuery({
    queryKey: ["room", room, "message", seq],
    enabled: known === undefined,
    queryFn: () =>
      told<Message>(
        api.GET("/api/rooms/{room}/messages/{seq}", {
          params: { path: { room, seq: String(seq) } },
        }),
      ),
  });
  return known ?? asked.data;
}
