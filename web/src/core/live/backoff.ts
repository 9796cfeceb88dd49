/** How long to wait before connecting again: exponential with full jitter, so that a crowd does not return at once. */

const FIRST_MS = 500;
const LONGEST_MS = 8_000;
const RESTART_MS = 3_000;

/** The wait before attempt number `tries` (0 is the first one after a loss). */
export function backoff(tries: number, random: number): number {
  return Math.round(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** tries));
}

/** The wait after a server said that it restarts. */
export function restartWait(random: number): number {
  return Math.round(random * RESTART_MS);
}
