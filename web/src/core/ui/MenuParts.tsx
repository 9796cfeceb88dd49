/** A list of actions that opens from a button. */
import { Menu as Base } from "@base-ui/react/menu";
import { Check, type LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classes } from "./classes";
import { Keys } from "./Keys";
import css from "./Menu.module.css";

const OFFSET = 4;

export function Menu({
  trigger,
  children,
  side = "bottom",
  align = "start",
  open,
  onOpenChange,
}: {
  /** A Button or IconButton. */
  trigger: ReactElement;
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
        <Base.Positioner className={css.layer} sideOffset={OFFSET} side={side} align={align}>
          <Base.Popup className={css.popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  icon: Icon,
  label,
  keys,
  danger = false,
  disabled = false,
  onSelect,
}: {
  icon?: LucideIcon;
  label: string;
  keys?: string | undefined;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}) {
  return (
    <Base.Item
      className={classes(css.item, danger && css.danger)}
      disabled={disabled}
      onClick={onSelect}
    >
      {Icon && <Icon className={css.icon} aria-hidden />}
      <span className={css.label}>{label}</span>
      {keys && <Keys keys={keys} />}
    </Base.Item>
  );
}

/** A choice of one inside a menu, under a small heading. */
export function MenuChoice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <Base.Group>
      <Base.GroupLabel className={css.heading}>{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next: T) => onChange(next)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={css.item}>
            <span className={css.label}>{option.label}</span>
            <Base.RadioItemIndicator className={css.tick} render={<Check aria-hidden />} />
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export const MenuLine = () => <hr className={css.line} />;

/** Words at the head of a menu, for example whose menu it is. */
export const MenuHead = ({ children }: { children: ReactNode }) => (
  <div className={css.head}>{children}</div>
);
