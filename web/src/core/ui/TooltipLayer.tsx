/** Shows the label of the button that the pointer rests on or the keyboard has reached. */
import { Tooltip as Base } from "@base-ui/react/tooltip";
import { useEffect, useState } from "react";
import { Keys } from "./Keys";
import type { TooltipSide } from "./Tooltip";
import css from "./Tooltip.module.css";

const OFFSET = 6;
const REST_MS = 500;

const tipped = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;

/** A button whose menu stands open needs no label, which would lie on the menu. */
const isOpen = (anchor: HTMLElement): boolean => anchor.ariaExpanded === "true";

/** Calls `show` with what wants its label shown, or null; the answer stops watching. */
function watch(show: (anchor: HTMLElement | null) => void): () => void {
  const off = new AbortController();
  const { signal } = off;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const hide = () => {
    clearTimeout(rest);
    show(null);
  };
  const over = (event: PointerEvent) => {
    clearTimeout(rest);
    const anchor = event.pointerType === "mouse" ? tipped(event.target) : null;
    if (anchor) rest = setTimeout(() => show(isOpen(anchor) ? null : anchor), REST_MS);
    else show(null);
  };
  const focused = (event: FocusEvent) => {
    const anchor = tipped(event.target);
    if (anchor?.matches(":focus-visible") && !isOpen(anchor)) show(anchor);
  };
  document.addEventListener("pointerover", over, { signal });
  document.addEventListener("focusin", focused, { signal });
  for (const end of ["focusout", "pointerdown", "keydown", "scroll"] as const)
    document.addEventListener(end, hide, { signal, capture: true });
  return () => {
    off.abort();
    hide();
  };
}

export default function TooltipLayer() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  useEffect(() => watch(setAnchor), []);
  if (!anchor) return null;
  const { tip, tipKeys, tipSide } = anchor.dataset;
  return (
    <Base.Root open>
      <Base.Portal>
        <Base.Positioner
          className={css.layer}
          anchor={anchor}
          sideOffset={OFFSET}
          side={(tipSide as TooltipSide | undefined) ?? "top"}
        >
          <Base.Popup className={css.tip}>
            {tip}
            {tipKeys && <Keys keys={tipKeys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
