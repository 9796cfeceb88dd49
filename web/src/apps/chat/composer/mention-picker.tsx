/** The list above the composer while somebody is being named or a command begun; the composer holds the focus and the arrows. */
import { AtSign, SquareSlash, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../../core/ui/Avatar";
import type { Target } from "./mentions";
import css from "./mention-picker.module.css";

const ICONS = { all: AtSign, department: UsersRound, command: SquareSlash };

interface Props {
  id: string;
  targets: Target[];
  active: number;
  onPick: (target: Target) => void;
}

export const optionId = (id: string, place: number): string => `${id}-${place}`;

export function MentionPicker({ id, targets, active, onPick }: Props) {
  const { t } = useTranslation("chat");
  return (
    <div
      id={id}
      className={css.list}
      role="listbox"
      aria-label={t(targets[0]?.kind === "command" ? "ask.commands" : "compose.people")}
    >
      {targets.map((target, place) => (
        <div
          key={`${target.kind} ${target.id}`}
          id={optionId(id, place)}
          className={css.one}
          role="option"
          tabIndex={-1}
          aria-selected={place === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(target);
          }}
        >
          <Face target={target} />
          <span className={css.name}>
            {target.kind === "command" ? `/${target.name}` : target.name}
          </span>
          <span className={css.detail}>
            {target.kind === "department" ? t("compose.department") : target.detail}
          </span>
        </div>
      ))}
    </div>
  );
}

function Face({ target }: { target: Target }) {
  if (target.kind === "person") {
    return <Avatar id={target.id} name={target.name} url={target.avatar} size="small" />;
  }
  const Icon = ICONS[target.kind];
  return <Icon className={css.icon} aria-hidden />;
}
