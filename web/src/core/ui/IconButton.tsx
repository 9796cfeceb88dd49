/** A button that is only an icon: its label is read aloud and shown as a tooltip. */
import type { LucideIcon } from "lucide-react";
import { classes } from "./classes";
import { PlainButton, type PlainButtonProps } from "./PlainButton";
import { Tooltip } from "./Tooltip";
import css from "./IconButton.module.css";

export interface IconButtonProps extends Omit<PlainButtonProps, "className"> {
  label: string;
  icon: LucideIcon;
  /** Shown in the tooltip, for example "mod+k". */
  keys?: string;
  /** For buttons that stay down. */
  pressed?: boolean;
  look?: "quiet" | "accent";
  small?: boolean;
}

export function IconButton({
  label,
  icon: Icon,
  keys,
  pressed,
  look = "quiet",
  small = false,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <PlainButton
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={classes(css.button, css[look], small && css.small)}
      >
        <Icon className={css.icon} aria-hidden />
      </PlainButton>
    </Tooltip>
  );
}
