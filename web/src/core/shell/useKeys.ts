/** Listens once for every key of the table of commands. */
import { useEffect } from "react";
import { actionOf, useCommands } from "../commands";
import { mayFire } from "../keys";
import { escape } from "./commands";

/** The row whose keys these are and which can be used now, as its action. */
function actionFor(event: KeyboardEvent): (() => void) | null {
  const { table, offered } = useCommands.getState();
  for (const command of table) {
    if (!command.keys || !mayFire(command.keys, event)) continue;
    const action = actionOf(command, offered);
    if (action) return action;
  }
  return null;
}

export function useKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === "Escape") return escape(useCommands.getState().offered["frame.escape"]);
      const action = actionFor(event);
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
