/** The list above the composer while somebody is being named; the composer holds the focus and the arrows. */
import { AtSign, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../../core/ui/Avatar";
import type { Target } from "./mentions";
import css from "./mention-picker.module.css";

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
    <div id={id} className={css.list} role="listbox" aria-label={t("compose.people")}>
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
          <span className={css.name}>{target.name}</span>
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
  const Icon = target.kind === "all" ? AtSign : UsersRound;
  return <Icon className={css.icon} aria-hidden />;
}
