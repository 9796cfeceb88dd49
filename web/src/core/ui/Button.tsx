/** A button with words on it; `busy` keeps its width and says that work goes on. */
import type { LucideIcon } from "lucide-react";
import { classes } from "./classes";
import { PlainButton, type PlainButtonProps } from "./PlainButton";
import { Spinner } from "./Spinner";
import css from "./Button.module.css";

type ButtonLook = "primary" | "plain" | "quiet" | "danger";

export interface ButtonProps extends Omit<PlainButtonProps, "className"> {
  look?: ButtonLook;
  icon?: LucideIcon;
  busy?: boolean;
  /** As wide as its place. */
  wide?: boolean;
  small?: boolean;
}

export function Button({
  look = "plain",
  icon: Icon,
  busy = false,
  wide = false,
  small = false,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <PlainButton
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={classes(css.button, css[look], wide && css.wide, small && css.small)}
    >
      {busy ? <Spinner small /> : Icon && <Icon className={css.icon} aria-hidden />}
      {children}
    </PlainButton>
  );
}
