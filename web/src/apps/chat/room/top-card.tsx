/** The message that is held on top of the room, in one line that leads to it, and the way to the pinned ones. */
import { useQuery } from "@tanstack/react-query";
import { Megaphone, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api, type Message, type RoomHead } from "../../../core/api";
import { told } from "../../../core/rooms/api";
import { useFrom, useLog } from "../../../core/rooms/hooks";
import { IconButton } from "../../../core/ui/IconButton";
import { toastError } from "../../../core/ui/Toast";
import { takeFromTop } from "../actions";
import { plainOf } from "../message/plain";
import { leads } from "../rules";
import css from "./top-card.module.css";

export function TopCard({ head }: { head: RoomHead }) {
  if (head.top === null) return null;
  return <Shown head={head} seq={head.top} />;
}

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
