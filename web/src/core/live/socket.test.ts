/** The socket says hello, resumes, beats, backs off and tells a refusal from a lost answer. */
import { beforeEach, expect, test } from "vitest";
import { StillClock } from "./clock";
import type { ConnectionStatus } from "./connection";
import type { ServerFrame } from "./frames";
import { LiveSocket, NoAnswer, Refusal } from "./socket";
import type { WireEvents } from "./transport";

interface FakeWire {
  events: WireEvents;
  sent: { t: string; [key: string]: unknown }[];
  closed: boolean;
}

let clock: StillClock;
let wires: FakeWire[];
let statuses: ConnectionStatus[];
let signedOut: number;
let socket: LiveSocket;

beforeEach(() => {
  clock = new StillClock();
  wires = [];
  statuses = [];
  signedOut = 0;
  socket = new LiveSocket({
    clock,
    transport: (events) => {
      const wire: FakeWire = { events, sent: [], closed: false };
      wires.push(wire);
      return {
        send: (text) => wire.sent.push(JSON.parse(text)),
        close: () => {
          wire.closed = true;
        },
      };
    },
    onFrame: () => {},
    onStatus: (status) => statuses.push(status),
    onSignedOut: () => {
      signedOut++;
    },
  });
});

const wire = () => wires.at(-1)!;
const tell = (frame: object) => wire().events.received(JSON.stringify(frame as ServerFrame));

function welcome(session = "s1", seq = 10): void {
  wire().events.opened();
  tell({ t: "welcome", session, seq, resumed: false, now: 0, beat: 20, me: {}, rooms: [] });
}

test("it says hello first, and asks to resume after what it has counted", () => {
  socket.start();
  welcome();
  expect(wire().sent[0]).toEqual({ t: "hello", v: 1 });
  tell({ t: "read", room: "r1", person: "p2", seq: 4 });
  tell({ t: "typing", room: "r1", person: "p2" });
  wire().events.closed(1006);
  clock.pass(1000);
  wire().events.opened();
  expect(wire().sent[0]).toEqual({ t: "hello", v: 1, session: "s1", seq: 11 });
});

test("too slow means a fresh start, not a resume", () => {
  socket.start();
  welcome();
  tell({ t: "bye", code: "too_slow", message: "" });
  wire().events.closed(4408);
  clock.pass(1000);
  wire().events.opened();
  expect(wire().sent[0]).toEqual({ t: "hello", v: 1 });
});

test("signed out means no more attempts", () => {
  socket.start();
  welcome();
  tell({ t: "bye", code: "signed_out", message: "" });
  wire().events.closed(4401);
  clock.pass(600_000);
  expect(signedOut).toBe(1);
  expect(wires).toHaveLength(1);
});

test("waits grow between attempts, up to a limit", () => {
  socket.start();
  const times: number[] = [];
  for (let attempt = 0; attempt < 9; attempt++) {
    const count = wires.length;
    const start = clock.now();
    wire().events.closed(1006);
    while (wires.length === count) clock.pass(50);
    times.push(clock.now() - start);
  }
  expect(times).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000, 4000, 4000]);
});

test("a line that says nothing for two beats is dead", () => {
  socket.start();
  welcome();
  clock.pass(20_000);
  expect(wire().sent.at(-1)).toEqual({ t: "ping" });
  tell({ t: "pong" });
  clock.pass(41_000);
  expect(wires[0]!.closed).toBe(true);
  expect(wires).toHaveLength(2);
});

test("no network means no attempts, and its return an attempt at once", () => {
  socket.start();
  welcome();
  socket.setReachable(false);
  clock.pass(600_000);
  expect(wires).toHaveLength(1);
  expect(statuses.at(-1)).toBe("offline");
  socket.setReachable(true);
  expect(wires).toHaveLength(2);
});

test("a send is answered by its number", async () => {
  socket.start();
  welcome();
  const answer = socket.send({ room: "r1", nonce: "n1", text: "hi" });
  const { id } = wire().sent.at(-1)!;
  tell({ t: "ok", id, room: "r1", seq: 5, rev: 9, at: 1 });
  expect((await answer).seq).toBe(5);
});

test("a refusal carries the server's words", async () => {
  socket.start();
  welcome();
  const answer = socket.send({ room: "r1", nonce: "n1", text: "hi" });
  tell({ t: "error", id: wire().sent.at(-1)!.id, code: "forbidden", message: "No." });
  await expect(answer).rejects.toBeInstanceOf(Refusal);
});

test("a lost connection leaves a send unanswered, not refused", async () => {
  socket.start();
  welcome();
  const answer = socket.send({ room: "r1", nonce: "n1", text: "hi" });
  wire().events.closed(1006);
  await expect(answer).rejects.toBeInstanceOf(NoAnswer);
});
