/** A small pane beside what opened it, for a card or a short form; fetched when it is first wanted. */
import type { ReactElement, ReactNode } from "react";
import { kept, useOnDemand, type OnDemand } from "./onDemand";

export interface PopoverProps extends OnDemand {
  trigger: ReactElement<Record<string, unknown>>;
  /** What it is, read aloud. */
  label: string;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
}

export const popoverParts = kept(() => import("./PopoverParts"));

export function Popover(props: PopoverProps) {
  const { full, waiting } = useOnDemand(props, props.trigger, popoverParts, "dialog");
  return full ? <full.FullPopover {...props} defaultOpen /> : waiting;
}
