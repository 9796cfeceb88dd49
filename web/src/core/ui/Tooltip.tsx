/**
 * A short label beside what the pointer or the keyboard is on.
 *
 * A page has hundreds of buttons, so a tooltip is only an attribute of its button; TooltipLayer,
 * which stands once in the frame and is fetched when the page rests, shows the one that is wanted.
 */
import { cloneElement, type ReactElement } from "react";

export type TooltipSide = "top" | "right" | "bottom" | "left";

export function Tooltip({
  label,
  keys,
  side,
  children,
}: {
  label: string;
  keys?: string | undefined;
  side?: TooltipSide;
  /** The one element that it belongs to. */
  children: ReactElement<Record<string, unknown>>;
}) {
  return cloneElement(children, {
    "data-tip": label,
    "data-tip-keys": keys,
    "data-tip-side": side,
  });
}
