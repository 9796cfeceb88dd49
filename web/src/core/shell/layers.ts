/** What Esc closes: the layer opened last, one at a time. Dialogs and menus see to themselves. */
import { useEffect, useRef } from "react";

type Layer = { close: () => void };
const layers: Layer[] = [];

/** Esc calls `close` while this view is on screen and nothing opened after it. */
export function useLayer(close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    const layer = { close: () => latest.current() };
    layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, []);
}

/** Closes the layer on top; false where there is none. */
export function closeLayer(): boolean {
  const top = layers.at(-1);
  top?.close();
  return top !== undefined;
}
