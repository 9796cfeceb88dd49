/** Whether the pointer or the keyboard is on a row, and its menu by right click or a long press. */
import { useRef, useState, type FocusEvent, type MouseEvent, type PointerEvent } from "react";

const LONG_PRESS_MS = 450;
/** After a finger is lifted the browser still sends a click, which must not close what it opened. */
const LIFT_MS = 400;

/** `busy` keeps the row's tools while something opened from them is on screen. */
export function useTouched(busy: boolean) {
  const [hot, setHot] = useState(false);
  const [menu, setMenu] = useState(false);
  const open = () => {
    setHot(true);
    setMenu(true);
  };
  const press = useLongPress(open);
  const changeMenu = (next: boolean) => {
    if (next || !press.isHeld()) setMenu(next);
  };
  const handlers = {
    ...press.handlers,
    onPointerEnter: (event: PointerEvent) => event.pointerType === "mouse" && setHot(true),
    onPointerLeave: () => setHot(false),
    onFocus: (event: FocusEvent) => event.target.matches(":focus-visible") && setHot(true),
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setHot(false);
    },
    onContextMenu: (event: MouseEvent) => {
      if (!isInside(event) || wantsOwnMenu(event.target as Element)) return;
      event.preventDefault();
      open();
    },
  };
  return { hot: hot || menu || busy, menu, setMenu: changeMenu, handlers };
}

/** A finger that stays where it is. */
function useLongPress(run: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const held = useRef(false);
  const cancel = () => clearTimeout(timer.current);
  const lift = () => {
    cancel();
    setTimeout(() => {
      held.current = false;
    }, LIFT_MS);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      cancel();
      if (event.pointerType !== "touch" || !isInside(event)) return;
      held.current = true;
      timer.current = setTimeout(run, LONG_PRESS_MS);
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.movementX !== 0 || event.movementY !== 0) cancel();
    },
    onPointerCancel: cancel,
    onTouchEnd: lift,
    onTouchCancel: lift,
  };
  return { handlers, isHeld: () => held.current };
}

/** Events of the row's own menu come here too, though it stands elsewhere on the page. */
function isInside(event: { currentTarget: Element; target: EventTarget }): boolean {
  return event.currentTarget.contains(event.target as Node);
}

/** Links, pictures and selected text keep the browser's own menu. */
function wantsOwnMenu(target: Element): boolean {
  return target.closest("a, img, video, audio") !== null || !getSelection()?.isCollapsed;
}
