/** The cache of asked-for state, with retries only where they may help. */
import { QueryClient } from "@tanstack/react-query";
import { ApiError, mayRetry } from "./errors";

const RETRIES = 3;
const FRESH_MS = 30_000;
const WAIT_CAP_MS = 30_000;

/** Milliseconds before try `n`: what the server asked for, else doubling from a second. */
export function waitBefore(n: number, error: unknown): number {
  const asked = error instanceof ApiError ? error.retryAfter : null;
  return asked === null ? Math.min(1000 * 2 ** n, WAIT_CAP_MS) : asked * 1000;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (count, error) => count < RETRIES && mayRetry(error),
      retryDelay: waitBefore,
      networkMode: "always",
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
