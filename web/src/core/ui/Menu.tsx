/** A list of actions that opens from a button. What draws it is fetched when it is first wanted. */
import type { LucideIcon } from "lucide-react";
import { lazy, Suspense, type ReactElement, type ReactNode } from "react";
import css from "./Menu.module.css";
import { useOnDemand, type OnDemand } from "./onDemand";

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

const parts = () => import("./MenuParts");
type Parts = Awaited<ReturnType<typeof parts>>;
const FullMenu = lazy(async () => ({ default: (await parts()).FullMenu }));

export function Menu(props: MenuProps) {
  const { wanted, waiting } = useOnDemand(props, props.trigger, parts, "menu");
  if (!wanted) return waiting;
  return (
    <Suspense fallback={waiting}>
      <FullMenu {...props} defaultOpen />
    </Suspense>
  );
}

export const MenuItem = lazy(async () => ({ default: (await parts()).MenuItem }));

/** A choice of one inside a menu, under a small heading. */
export const MenuChoice = lazy(async () => ({
  default: (await parts()).MenuChoice,
})) as unknown as Parts["MenuChoice"];

export const MenuLine = () => <hr className={css.line} />;

/** Words at the head of a menu, for example whose menu it is. */
export const MenuHead = ({ children }: { children: ReactNode }) => (
  <div className={css.head}>{children}</div>
);
