/** The reactions under a message: one button each, and one to add another. */
import { useTranslation } from "react-i18next";
import type { Message } from "../../../core/api";
import { useMyId, useNames } from "../../../core/rooms/hooks";
import { toastError } from "../../../core/ui/Toast";
import { Tooltip } from "../../../core/ui/Tooltip";
import { listed } from "../../../core/words/lists";
import { react } from "../actions";
import { EmojiButton } from "../emoji/button";
import css from "./reactions.module.css";

const NAMED = 12;

export function Reactions({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const me = useMyId();
  if (message.reactions.length === 0) return null;
  const toggle = (emoji: string) => void react(message, emoji, me).catch(toastError);
  return (
    <div className={css.bar}>
      {message.reactions.map((reaction) => (
        <One
          key={reaction.emoji}
          {...reaction}
          mine={reaction.by.includes(me)}
          onToggle={() => toggle(reaction.emoji)}
        />
      ))}
      <EmojiButton label={t("reactions.add")} onPick={toggle} small />
    </div>
  );
}

interface OneProps {
  emoji: string;
  count: number;
  by: string[];
  mine: boolean;
  onToggle: () => void;
}

function One({ emoji, count, by, mine, onToggle }: OneProps) {
  const { t } = useTranslation("chat");
  const nameOf = useNames();
  const shown = listed(by.slice(0, NAMED).map(nameOf));
  const names = count > NAMED ? `${shown} ${t("event.more", { count: count - NAMED })}` : shown;
  return (
    <Tooltip label={names}>
      <button type="button" className={css.one} aria-pressed={mine} onClick={onToggle}>
        <span>{emoji}</span>
        <span className={css.count}>{count}</span>
        <span className="visually-hidden">{names}</span>
      </button>
    </Tooltip>
  );
}
