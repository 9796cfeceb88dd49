/** The wire below the socket client: the browser's WebSocket here, a fake one in tests. */

export interface WireEvents {
  opened(): void;
  received(text: string): void;
  closed(code: number): void;
}

export interface Wire {
  send(text: string): void;
  close(): void;
}

/** Opens one connection; after `close()` the wire says nothing more. */
export type Transport = (events: WireEvents) => Wire;

/** The same origin's `/live`, by the session cookie. */
export const browserTransport: Transport = (events) => {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/live`);
  const off = new AbortController();
  const { signal } = off;
  socket.addEventListener("open", () => events.opened(), { signal });
  socket.addEventListener("message", (event) => events.received(String(event.data)), { signal });
  socket.addEventListener("close", (event) => events.closed(event.code), { signal });
  return {
    send: (text) => socket.send(text),
    close() {
      off.abort();
      socket.close();
    },
  };
};
