/** A short label beside what the pointer or the keyboard is on. */
import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import { Keys } from "./Keys";
import css from "./Tooltip.module.css";

const OFFSET = 6;

/** Tooltips near one another open without a second wait; stands once around the frame. */
export const TooltipProvider = Base.Provider;

export function Tooltip({
  label,
  keys,
  side,
  children,
}: {
  label: string;
  keys?: string | undefined;
  side?: "top" | "right" | "bottom" | "left";
  /** The one element that it belongs to. */
  children: ReactElement;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={OFFSET} side={side ?? "top"}>
          <Base.Popup className={css.tip}>
            {label}
            {keys && <Keys keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
