/** A small pane beside what opened it, for a card or a short form. */
import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { classes } from "./classes";
import popup from "./Menu.module.css";
import css from "./Popover.module.css";

const OFFSET = 6;

export function Popover({
  trigger,
  label,
  children,
  side = "bottom",
  align = "start",
  open,
  onOpenChange,
}: {
  trigger: ReactElement;
  /** What it is, read aloud. */
  label: string;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.layer} sideOffset={OFFSET} side={side} align={align}>
          <Base.Popup className={classes(popup.popup, css.popup)} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
