/** The inside of Popover.tsx, fetched when one is first wanted. */
import { Popover as Base } from "@base-ui/react/popover";
import { classes } from "./classes";
import popup from "./Menu.module.css";
import type { PopoverProps } from "./Popover";
import css from "./Popover.module.css";

const OFFSET = 6;

export function FullPopover({
  trigger,
  label,
  children,
  side = "bottom",
  align = "start",
  open,
  onOpenChange,
  defaultOpen,
}: PopoverProps & { defaultOpen: boolean }) {
  return (
    <Base.Root open={open} defaultOpen={defaultOpen} onOpenChange={(next) => onOpenChange?.(next)}>
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
