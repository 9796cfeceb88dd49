/** Whether the client is joined to the server right now; the live socket writes it, the frame's offline bar reads it. */
import { create } from "zustand";

export type ConnectionStatus = "connecting" | "online" | "offline";

export interface Connection {
  status: ConnectionStatus;
  /** When this status began, ms since epoch. */
  since: number;
  /** Messages that wait to be sent. */
  queued: number;
}

export const useConnection = create<Connection>(() => ({
  status: "connecting",
  since: Date.now(),
  queued: 0,
}));
