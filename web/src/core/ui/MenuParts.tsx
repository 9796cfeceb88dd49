/** The inside of Menu.tsx, fetched when a menu is first wanted. */
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { classes } from "./classes";
import { Keys } from "./Keys";
import type { MenuChoiceProps, MenuItemProps, MenuProps } from "./Menu";
import css from "./Menu.module.css";

const OFFSET = 4;

export function FullMenu({
  trigger,
  children,
  side = "bottom",
  align = "start",
  open,
  onOpenChange,
  defaultOpen,
}: MenuProps & { defaultOpen: boolean }) {
  return (
    <Base.Root open={open} defaultOpen={defaultOpen} onOpenChange={(next) => onOpenChange?.(next)}>
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
}: MenuItemProps) {
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
}: MenuChoiceProps<T>) {
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
