/** A button with words on it; `busy` keeps its width and says that work goes on. */
import { Button as BaseButton } from "@base-ui/react/button";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactElement, ReactNode, Ref } from "react";
import { classes } from "./classes";
import { Spinner } from "./Spinner";
import css from "./Button.module.css";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";

export interface ButtonProps extends Omit<ComponentProps<"button">, "className" | "ref"> {
  look?: ButtonLook;
  icon?: LucideIcon;
  busy?: boolean;
  /** As wide as its place. */
  wide?: boolean;
  small?: boolean;
  /** Another element in the button's clothes, for example a link. */
  render?: ReactElement;
  children?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look = "plain",
  icon: Icon,
  busy = false,
  wide = false,
  small = false,
  children,
  disabled,
  render,
  ...rest
}: ButtonProps) {
  return (
    <BaseButton
      type={render ? undefined : "button"}
      {...rest}
      render={render}
      nativeButton={!render}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={classes(css.button, css[look], wide && css.wide, small && css.small)}
    >
      {busy ? <Spinner small /> : Icon && <Icon className={css.icon} aria-hidden />}
      {children}
    </BaseButton>
  );
}
