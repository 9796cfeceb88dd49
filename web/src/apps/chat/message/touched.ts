/** Whether the pointer or the keyboard is on a row, and its menu by right click or a long press. */
import { useRef, useState, type FocusEvent, type MouseEvent, type PointerEvent } from "react";

const LONG_PRESS_MS = 450;

/** `busy` keeps the row's tools while something opened from them is on screen. */
export function useTouched(busy: boolean) {
  const [hot, setHot] = useState(false);
  const [menu, setMenu] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const cancel = () => clearTimeout(timer.current);
  const open = () => {
    setHot(true);
    setMenu(true);
  };
  const handlers = {
    onPointerEnter: (event: PointerEvent) => event.pointerType === "mouse" && setHot(true),
    onPointerLeave: () => setHot(false),
    onFocus: (event: FocusEvent) => event.target.matches(":focus-visible") && setHot(true),
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setHot(false);
    },
    onContextMenu: (event: MouseEvent) => {
      if (wantsOwnMenu(event.target as Element)) return;
      event.preventDefault();
      open();
    },
    onPointerDown: (event: PointerEvent) => {
      cancel();
      if (event.pointerType === "touch") timer.current = setTimeout(open, LONG_PRESS_MS);
    },
    onPointerUp: cancel,
    onPointerMove: (event: PointerEvent) => {
      if (event.movementX !== 0 || event.movementY !== 0) cancel();
    },
    onPointerCancel: cancel,
  };
  return { hot: hot || menu || busy, menu, setMenu, handlers };
}

/** Links, pictures and selected text keep the browser's own menu. */
function wantsOwnMenu(target: Element): boolean {
  return target.closest("a, img, video, audio") !== null || !getSelection()?.isCollapsed;
}
