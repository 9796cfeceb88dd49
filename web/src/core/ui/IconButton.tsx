/** A button that is only an icon: its label is read aloud and shown as a tooltip. */
import { Button as BaseButton } from "@base-ui/react/button";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactElement, Ref } from "react";
import { classes } from "./classes";
import { Tooltip } from "./Tooltip";
import css from "./IconButton.module.css";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "className" | "ref"> {
  label: string;
  icon: LucideIcon;
  /** Shown in the tooltip, for example "mod+k". */
  keys?: string;
  /** For buttons that stay down. */
  pressed?: boolean;
  look?: "quiet" | "accent";
  small?: boolean;
  render?: ReactElement;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  label,
  icon: Icon,
  keys,
  pressed,
  look = "quiet",
  small = false,
  render,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <BaseButton
        type={render ? undefined : "button"}
        {...rest}
        render={render}
        nativeButton={!render}
        aria-label={label}
        aria-pressed={pressed}
        className={classes(css.button, css[look], small && css.small)}
      >
        <Icon className={css.icon} aria-hidden />
      </BaseButton>
    </Tooltip>
  );
}
