/** Layers that cost nothing until they are wanted: a plain button first, the real thing on its first press. */
import { cloneElement, useState, type KeyboardEvent, type ReactElement } from "react";

export interface OnDemand {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** The trigger as a plain button, and whether its layer has been wanted yet. */
export function useOnDemand(
  { open, onOpenChange }: OnDemand,
  trigger: ReactElement<Record<string, unknown>>,
  load: () => Promise<unknown>,
  kind: "menu" | "dialog",
): { wanted: boolean; waiting: ReactElement } {
  const [wanted, setWanted] = useState(false);
  if (open && !wanted) setWanted(true);
  const want = () => {
    setWanted(true);
    onOpenChange?.(true);
  };
  const waiting = cloneElement(trigger, {
    "aria-haspopup": kind,
    "aria-expanded": false,
    "onPointerEnter": () => void load(),
    "onFocus": () => void load(),
    "onClick": want,
    "onKeyDown": (event: KeyboardEvent) => event.key === "ArrowDown" && want(),
  });
  return { wanted, waiting };
}
