/** What can be done with a message: a small bar on the row, and everything in its menu. */
import { CornerUpLeft, Ellipsis, MessageSquareReply } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Message } from "../../../core/api";
import { useMyId } from "../../../core/rooms/hooks";
import { IconButton } from "../../../core/ui/IconButton";
import { Menu } from "../../../core/ui/Menu";
import { toastError } from "../../../core/ui/Toast";
import { react } from "../actions";
import { EmojiButton } from "../emoji/button";
import { openPanel, replyTo, useView } from "../view";
import { MessageMenu } from "./menu";
import css from "./tools.module.css";

const QUICK = ["👍", "✅"];

interface Props {
  message: Message;
  thread: number | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function Tools({ message, thread, open, onOpenChange }: Props) {
  const { t } = useTranslation("chat");
  const me = useMyId();
  const name = `${message.room} ${message.seq}`;
  const picking = useView((view) => view.picking === name);
  const setPicking = (on: boolean) => useView.setState({ picking: on ? name : null });
  const toggle = (emoji: string) => void react(message, emoji, me).catch(toastError);
  return (
    <div className={css.bar} role="toolbar" aria-label={t("message.actions")}>
      {QUICK.map((emoji) => (
        <button key={emoji} type="button" className={css.quick} onClick={() => toggle(emoji)}>
          {emoji}
        </button>
      ))}
      <EmojiButton
        small
        label={t("act.react")}
        keys="e"
        onPick={toggle}
        open={picking}
        onOpenChange={setPicking}
      />
      <IconButton
        small
        label={t("act.reply")}
        keys="r"
        icon={CornerUpLeft}
        onClick={() => replyTo(message, thread)}
      />
      {thread === null && (
        <IconButton
          small
          label={t("act.thread")}
          icon={MessageSquareReply}
          onClick={() => openPanel(message.room, "thread", message.thread ?? message.seq)}
        />
      )}
      <Menu
        align="end"
        open={open}
        onOpenChange={onOpenChange}
        trigger={<IconButton small label={t("message.more")} icon={Ellipsis} />}
      >
        <MessageMenu message={message} thread={thread} onReact={() => setPicking(true)} />
      </Menu>
    </div>
  );
}
