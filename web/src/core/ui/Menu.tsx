/** A list of actions that opens from a button. What draws it is fetched when it is first wanted. */
import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import css from "./Menu.module.css";
import { kept, useOnDemand, type OnDemand } from "./onDemand";

export interface MenuProps extends OnDemand {
  /** A Button or IconButton. */
  trigger: ReactElement<Record<string, unknown>>;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
}

export interface MenuItemProps {
  icon?: LucideIcon;
  label: string;
  keys?: string | undefined;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

export interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

export const menuParts = kept(() => import("./MenuParts"));

export function Menu(props: MenuProps) {
  const { full, waiting } = useOnDemand(props, props.trigger, menuParts, "menu");
  return full ? <full.FullMenu {...props} defaultOpen /> : waiting;
}

/** Only inside a menu, which draws its inside when that is here. */
export function MenuItem(props: MenuItemProps) {
  const parts = menuParts.now();
  return parts && <parts.MenuItem {...props} />;
}

/** A choice of one inside a menu, under a small heading. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  const parts = menuParts.now();
  return parts && <parts.MenuChoice {...props} />;
}

export const MenuLine = () => <hr className={css.line} />;

/** Words at the head of a menu, for example whose menu it is. */
export const MenuHead = ({ children }: { children: ReactNode }) => (
  <div className={css.head}>{children}</div>
);
