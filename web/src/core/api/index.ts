/** The server as the client sees it. */
export { answer, api } from "./client";
export { ApiError } from "./errors";
export { queryClient } from "./queries";
export type * from "./types";
