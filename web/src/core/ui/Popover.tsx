/** A small pane beside what opened it, for a card or a short form; fetched when it is first wanted. */
import { lazy, Suspense, type ReactElement, type ReactNode } from "react";
import { useOnDemand, type OnDemand } from "./onDemand";

export interface PopoverProps extends OnDemand {
  trigger: ReactElement<Record<string, unknown>>;
  /** What it is, read aloud. */
  label: string;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
}

const parts = () => import("./PopoverParts");
const FullPopover = lazy(async () => ({ default: (await parts()).FullPopover }));

export function Popover(props: PopoverProps) {
  const { wanted, waiting } = useOnDemand(props, props.trigger, parts, "dialog");
  if (!wanted) return waiting;
  return (
    <Suspense fallback={waiting}>
      <FullPopover {...props} defaultOpen />
    </Suspense>
  );
}
