/**
 * Layers that cost nothing until they are wanted: a plain button first, the real thing on its press.
 *
 * Their code is fetched when the page rests or the pointer comes near. It is kept in a variable and
 * not behind Suspense, which would hold a menu back for 300 ms after any other fallback.
 */
import { cloneElement, useEffect, useState, type KeyboardEvent, type ReactElement } from "react";
import { fetched } from "../fetched";

export interface Kept<T> {
  /** What was fetched, or null before. */
  now: () => T | null;
  /** Rejects only when the server stands and does not have it. */
  load: () => Promise<T>;
  /** Asks for it beforehand; whether it came is seen when it is wanted. */
  warm: () => void;
}

/** Keeps what was fetched once. */
export function kept<T>(fetch: () => Promise<T>): Kept<T> {
  let here: T | null = null;
  const load = async () => (here ??= await fetched(fetch));
  return {
    now: () => here,
    load,
    warm: () => void load().catch(() => undefined),
  };
}

/** What was fetched, asking for it from the moment that it is wanted. */
export function useKept<T>(part: Kept<T>, wanted: boolean): T | null {
  const [came, setCame] = useState<{ error?: unknown }>({});
  useEffect(() => {
    if (!wanted || part.now() !== null) return;
    void part.load().then(
      () => setCame({}),
      (error: unknown) => setCame({ error }),
    );
  }, [part, wanted]);
  if (came.error !== undefined) throw came.error;
  return wanted ? part.now() : null;
}

export interface OnDemand {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** The trigger as a plain button, and what draws its layer once that has been wanted. */
export function useOnDemand<T>(
  { open, onOpenChange }: OnDemand,
  trigger: ReactElement<Record<string, unknown>>,
  part: Kept<T>,
  kind: "menu" | "dialog",
): { full: T | null; waiting: ReactElement } {
  const [wanted, setWanted] = useState(false);
  if (open && !wanted) setWanted(true);
  const want = () => {
    setWanted(true);
    onOpenChange?.(true);
  };
  const waiting = cloneElement(trigger, {
    "aria-haspopup": kind,
    "aria-expanded": false,
    "onPointerEnter": part.warm,
    "onFocus": part.warm,
    "onClick": want,
    "onKeyDown": (event: KeyboardEvent) => event.key === "ArrowDown" && want(),
  });
  return { full: useKept(part, wanted), waiting };
}
