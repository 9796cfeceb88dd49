/** What stands where nothing is yet: one sentence, one button, one example. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import css from "./EmptyState.module.css";

export function EmptyState({
  icon: Icon,
  text,
  action,
  example,
}: {
  icon?: LucideIcon;
  text: string;
  /** One button. */
  action?: ReactNode;
  /** One example to insert, usually a quiet button. */
  example?: ReactNode;
}) {
  return (
    <div className={css.empty}>
      {Icon && <Icon className={css.icon} strokeWidth={1.5} aria-hidden />}
      <p className={css.text}>{text}</p>
      {action}
      {example}
    </div>
  );
}
