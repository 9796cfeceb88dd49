/** A small count: strong when it addresses the reader, quiet otherwise. */
import { classes } from "./classes";
import css from "./Badge.module.css";

const MOST = 99;

export function Badge({
  count,
  label,
  strong = false,
}: {
  count: number;
  /** What is counted, read aloud. */
  label: string;
  strong?: boolean;
}) {
  if (count <= 0) return null;
  return (
    <span className={classes(css.badge, strong && css.strong)}>
      <span aria-hidden>{count > MOST ? `${MOST}+` : count}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

/** One word that marks a row, for example a role or a state. */
export function Mark({
  children,
  tone = "plain",
}: {
  children: string;
  tone?: "plain" | "accent" | "warn" | "danger";
}) {
  return <span className={classes(css.mark, css[tone])}>{children}</span>;
}
