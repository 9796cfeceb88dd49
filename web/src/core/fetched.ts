/**
 * Parts of the client that are fetched when they are wanted, and still come when the server was away at that moment.
 *
 * React keeps a failed `lazy` for good, and Vite asks for a failed style sheet only once. So a part that can't be had
 * is asked for again until it is here; it is given up only when the server answers and still does not have it.
 */
import { lazy } from "react";
import { wallClock, type Clock } from "./live/clock";
import { useConnection } from "./live/connection";

const WAIT_MS = 1_000;
/** As often it may fail while the connection stands; then another version of the client is on the server. */
const TRIES = 3;

/** Fetches a part, again and again while the server is away. */
export async function fetched<T>(load: () => Promise<T>, clock: Clock = wallClock): Promise<T> {
  for (let failed = 0; ;) {
    try {
      await mendStyles();
      return await load();
    } catch (error) {
      failed = useConnection.getState().status === "online" ? failed + 1 : 0;
      if (failed === TRIES) throw error;
    }
    await new Promise<void>((resolve) => clock.after(WAIT_MS, resolve));
  }
}

/** React's `lazy` for parts inside the frame. */
export const late: typeof lazy = (load) => lazy(() => fetched(load));

/** Remembers which style sheets could not be had, for `mendStyles`. */
export function markFailedStyles(): void {
  document.addEventListener("error", ({ target }) => mark(target), { capture: true });
}

function mark(target: EventTarget | null): void {
  if (target instanceof HTMLLinkElement) target.dataset.failed = "";
}

/** Asks again for the style sheets that failed. */
async function mendStyles(): Promise<void> {
  const failed = [
    ...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet][data-failed]"),
  ];
  await Promise.all(failed.map((link) => mend(link)));
}

function mend(link: HTMLLinkElement): Promise<void> {
  const again = link.cloneNode() as HTMLLinkElement;
  delete again.dataset.failed;
  const done = new Promise<void>((resolve, reject) => {
    again.addEventListener("load", () => resolve());
    again.addEventListener("error", () => reject(new Error(`No style sheet at ${again.href}`)));
  });
  link.replaceWith(again);
  return done;
}
