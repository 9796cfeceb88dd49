/** Every action on one message, as the rows of a menu; only what this person may do is there. */
import {
  ArrowUpToLine,
  Copy,
  CornerUpLeft,
  Link2,
  MailOpen,
  MessageSquareReply,
  PencilLine,
  Pin,
  SmilePlus,
  Undo2,
  UsersRound,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Message, RoomHead } from "../../../core/api";
import { useHead, useMyId } from "../../../core/rooms/hooks";
import { useLive } from "../../../core/rooms/live";
import { MenuItem, MenuLine } from "../../../core/ui/Menu";
import { toast, toastError } from "../../../core/ui/Toast";
import { pin, putOnTop, takeFromTop } from "../actions";
import { ask } from "../asking";
import { leads, mayEdit, mayRecall } from "../rules";
import { openPanel, replyTo, startEdit, useView } from "../view";

interface Props {
  message: Message;
  thread: number | null;
  onReact: () => void;
}

export function MessageMenu({ message, thread, onReact }: Props) {
  const { t } = useTranslation("chat");
  const head = useHead(message.room);
  if (!head) return null;
  return (
    <>
      <MenuItem
        icon={CornerUpLeft}
        label={t("act.reply")}
        keys="r"
        onSelect={() => replyTo(message, thread)}
      />
      {thread === null && (
        <MenuItem
          icon={MessageSquareReply}
          label={t("act.thread")}
          onSelect={() => openPanel(message.room, "thread", message.thread ?? message.seq)}
        />
      )}
      <MenuItem icon={SmilePlus} label={t("act.react")} keys="e" onSelect={onReact} />
      <MenuLine />
      <CopyItems message={message} />
      <KeepItems message={message} head={head} />
      <OwnItems message={message} head={head} thread={thread} />
    </>
  );
}

function CopyItems({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(() => toast(t("message.copied")), toastError);
  const link = `${location.origin}/chat/${message.room}/${message.seq}`;
  return (
    <>
      {message.text !== "" && (
        <MenuItem icon={Copy} label={t("act.copy")} onSelect={() => copy(message.text)} />
      )}
      <MenuItem icon={Link2} label={t("act.link")} onSelect={() => copy(link)} />
    </>
  );
}

function KeepItems({ message, head }: { message: Message; head: RoomHead }) {
  const { t } = useTranslation("chat");
  const live = useLive();
  const onTop = head.top === message.seq;
  const unreadFrom = () => {
    useView.setState({ keptUnread: message.room });
    void live.unreadFrom(message.room, message.seq).catch(toastError);
  };
  const turn = () => (onTop ? takeFromTop(message.room) : putOnTop(message));
  return (
    <>
      <MenuItem
        icon={Pin}
        label={t(message.pinned_at === null ? "act.pin" : "act.unpin")}
        onSelect={() => void pin(message).catch(toastError)}
      />
      {(leads(head) || head.direct) && (
        <MenuItem
          icon={ArrowUpToLine}
          label={t(onTop ? "act.untop" : "act.top")}
          onSelect={() => void turn().catch(toastError)}
        />
      )}
      <MenuItem icon={MailOpen} label={t("act.unreadFrom")} onSelect={unreadFrom} />
    </>
  );
}

function OwnItems({
  message,
  head,
  thread,
}: {
  message: Message;
  head: RoomHead;
  thread: number | null;
}) {
  const { t } = useTranslation("chat");
  const me = useMyId();
  const recallable = mayRecall(message, { me, head, now: Date.now() });
  return (
    <>
      <MenuItem
        icon={UsersRound}
        label={t("act.readers")}
        onSelect={() => ask({ kind: "readers", message })}
      />
      {(mayEdit(message, me) || recallable) && <MenuLine />}
      {mayEdit(message, me) && (
        <MenuItem
          icon={PencilLine}
          label={t("act.edit")}
          onSelect={() => startEdit(message, thread)}
        />
      )}
      {recallable && (
        <MenuItem
          danger
          icon={Undo2}
          label={t("act.recall")}
          onSelect={() => ask({ kind: "recall", message })}
        />
      )}
    </>
  );
}
