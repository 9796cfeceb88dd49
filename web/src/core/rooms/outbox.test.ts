/** Nothing typed is lost, nothing is sent twice, and the waiting row gives way to the real one. */
import { expect, test } from "vitest";
import { StillClock } from "../live/clock";
import type { Accepted, NewMessage } from "../live/frames";
import { NoAnswer, Refusal } from "../live/socket";
import { Outbox, type NewOutgoing } from "./outbox";
import { sampleMessage, settled } from "./samples";

const fields: NewOutgoing = {
  room: "r1",
  thread: null,
  also_room: false,
  text: "hello",
  files: [],
  reply_to: null,
  confirm: false,
  mentions: { people: [], departments: [], all: false },
};

/** A server that keeps one message a nonce, and answers as told. */
function setUp(shelf: Storage = localStorage) {
  const clock = new StillClock();
  const log = new Map<string, number>();
  const sent: NewMessage[] = [];
  const world = {
    clock,
    log,
    sent,
    online: true,
    shown: new Set<number>(),
    queued: 0,
    answer: async (message: NewMessage): Promise<Accepted> => {
      const seq = log.get(message.nonce) ?? log.size + 1;
      log.set(message.nonce, seq);
      return { t: "ok", id: 1, room: "r1", seq, rev: seq, at: 0 };
    },
  };
  let count = 0;
  const outbox = new Outbox({
    clock,
    shelf,
    person: "p1",
    nonce: () => `n${++count}`,
    send: (message) => {
      sent.push(message);
      return world.answer(message);
    },
    isOnline: () => world.online,
    isShown: (_, seq) => world.shown.has(seq),
    onQueued: (queued) => {
      world.queued = queued;
    },
  });
  return Object.assign(world, { outbox });
}

const mine = (seq: number, nonce: string | null) =>
  sampleMessage(seq, seq, { sender: "p1", nonce });

test("the row is shown at once and replaced when the answer comes before the event", async () => {
  const { outbox } = setUp();
  outbox.add(fields);
  expect(outbox.list("r1", null)).toHaveLength(1);
  await settled();
  expect(outbox.list("r1", null)[0]!.state).toBe("sent");
  outbox.arrived(mine(1, "n1"));
  expect(outbox.list("r1", null)).toEqual([]);
});

test("the row is replaced when the event comes before the answer", async () => {
  const { outbox } = setUp();
  outbox.add(fields);
  outbox.arrived(mine(1, "n1"));
  await settled();
  expect(outbox.list("r1", null)).toEqual([]);
});

test("an event without a nonce before the answer leaves no double", async () => {
  const world = setUp();
  world.outbox.add(fields);
  world.outbox.arrived(mine(1, null));
  world.shown.add(1);
  await settled();
  expect(world.outbox.list("r1", null)).toEqual([]);
});

test("a lost answer is tried again with the same nonce and never doubles", async () => {
  const world = setUp();
  const answer = world.answer;
  world.answer = async (message) => {
    await answer(message);
    world.answer = answer;
    throw new NoAnswer();
  };
  world.outbox.add(fields);
  await settled();
  expect(world.outbox.list("r1", null)[0]!.state).toBe("waiting");
  world.clock.pass(5000);
  await settled();
  expect(world.sent.map((message) => message.nonce)).toEqual(["n1", "n1"]);
  expect(world.log.size).toBe(1);
  expect(world.outbox.list("r1", null)[0]!.seq).toBe(1);
});

test("what is written offline goes out in order when the connection is back", async () => {
  const world = setUp();
  world.online = false;
  for (const text of ["one", "two", "three"]) world.outbox.add({ ...fields, text });
  expect(world.queued).toBe(3);
  expect(world.sent).toEqual([]);
  world.online = true;
  world.outbox.resume();
  await settled();
  expect(world.sent.map((message) => message.text)).toEqual(["one", "two", "three"]);
  expect(world.queued).toBe(0);
});

test("the second message waits for the first one's retry", async () => {
  const world = setUp();
  const answer = world.answer;
  world.answer = async () => {
    world.answer = answer;
    throw new NoAnswer();
  };
  world.outbox.add({ ...fields, text: "one" });
  world.outbox.add({ ...fields, text: "two" });
  await settled();
  world.clock.pass(5000);
  await settled();
  expect(world.sent.map((message) => message.text)).toEqual(["one", "one", "two"]);
});

test("a reload loses nothing that was not accepted", async () => {
  const before = setUp();
  before.online = false;
  before.outbox.add(fields);
  const after = setUp();
  expect(after.outbox.list("r1", null).map((item) => item.text)).toEqual(["hello"]);
  after.outbox.resume();
  await settled();
  expect(after.sent[0]!.nonce).toBe("n1");
  expect(localStorage.length).toBe(0);
});

test("a refused message stays, with the reason, until it is tried again or discarded", async () => {
  const world = setUp();
  const answer = world.answer;
  world.answer = async () => {
    throw new Refusal({ t: "error", code: "forbidden", message: "Only owners may post here." });
  };
  world.outbox.add(fields);
  await settled();
  const failed = world.outbox.list("r1", null)[0]!;
  expect([failed.state, failed.error]).toEqual(["failed", "Only owners may post here."]);
  world.answer = answer;
  world.outbox.retry("n1");
  await settled();
  expect(world.outbox.list("r1", null)[0]!.state).toBe("sent");
});

test("a message discarded in one tab is gone in the other", () => {
  const world = setUp();
  world.online = false;
  world.outbox.add(fields);
  world.outbox.forgotten("narae.outbox.p1.n1");
  expect(world.outbox.list("r1", null)).toEqual([]);
});
