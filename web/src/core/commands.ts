/**
 * The one table of commands: what the palette offers, menus show and the key help lists.
 *
 * A row is static (an app hands its rows in through ClientApp.commands). A row with `run` works
 * everywhere; a row without it works while some view offers it: `useCommand("chat.reply", reply)`.
 */
import type { LucideIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { create } from "zustand";

export type CommandGroup = "go" | "write" | "view" | "manage";

export interface Command {
  /** "<app>.<verb>", unique. */
  id: string;
  group: CommandGroup;
  /** In the reader's language, a verb first. */
  title: () => string;
  icon?: LucideIcon;
  /** "mod+k", "alt+arrowup", "r": mod is Ctrl, or ⌘ on a Mac. Single letters never fire while typing. */
  keys?: string;
  run?: () => void;
  /** Whether it can be used now; yes unless said otherwise. */
  may?: () => boolean;
  /** False keeps it out of the palette (keys that need a place, such as Esc). */
  palette?: boolean;
}

interface Commands {
  table: readonly Command[];
  offered: Readonly<Record<string, () => void>>;
}

export const useCommands = create<Commands>(() => ({ table: [], offered: {} }));

/** Adds rows; the frame calls it once with its own and every app's. */
export function addCommands(rows: readonly Command[]): void {
  useCommands.setState(({ table }) => {
    const fresh = new Set(rows.map((row) => row.id));
    return { table: [...table.filter((row) => !fresh.has(row.id)), ...rows] };
  });
}

function offer(id: string, run: () => void): () => void {
  useCommands.setState(({ offered }) => ({ offered: { ...offered, [id]: run } }));
  return () =>
    useCommands.setState(({ offered }) => {
      if (offered[id] !== run) return {};
      return { offered: Object.fromEntries(Object.entries(offered).filter(([key]) => key !== id)) };
    });
}

/** Offers a command's action while this view is on screen; null offers nothing. */
export function useCommand(id: string, run: (() => void) | null): void {
  const latest = useRef(run);
  const offers = run !== null;
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!offers) return;
    return offer(id, () => latest.current?.());
  }, [id, offers]);
}

/** The action of a row right now, or null where it cannot be used. */
export function actionOf(command: Command, offered = useCommands.getState().offered) {
  if (command.may && !command.may()) return null;
  return offered[command.id] ?? command.run ?? null;
}

/** Runs a command by its id; false where it cannot be used now. */
export function runCommand(id: string): boolean {
  const row = useCommands.getState().table.find((command) => command.id === id);
  const action = row ? actionOf(row) : null;
  action?.();
  return action !== null;
}
