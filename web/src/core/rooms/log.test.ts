/** A log converges whatever the order of its events, and fetches what it missed. */
import { describe, expect, test } from "vitest";
import type { Changes, Message } from "../api";
import { StillClock } from "../live/clock";
import type { PageAsk } from "./api";
import { RoomLog } from "./log";
import { sampleHead, sampleMessage, settled } from "./samples";

/** A server's room: the newest row of every message. */
class Server {
  rows = new Map<number, Message>();
  rev = 0;
  asked: number[] = [];
  pages: PageAsk[] = [];

  write(seq: number, fields: Partial<Message> = {}): Message {
    const message = sampleMessage(seq, ++this.rev, fields);
    this.rows.set(seq, message);
    return message;
  }

  page = async (ask: PageAsk) => {
    this.pages.push(ask);
    const all = [...this.rows.values()].filter((row) =>
      ask.thread === undefined
        ? row.thread === null || row.also_room
        : row.thread === ask.thread || row.seq === ask.thread,
    );
    const limit = ask.limit ?? 50;
    const near = ask.around ?? 0;
    let from = all.length - limit;
    if (ask.before) from = all.findIndex((row) => row.seq >= ask.before!) - limit;
    if (ask.after) from = all.findIndex((row) => row.seq > ask.after!);
    if (near) from = all.findIndex((row) => row.seq >= near) - limit / 2;
    const start = Math.max(0, from);
    const end = Math.max(0, from + limit);
    return {
      items: all.slice(start, end),
      has_before: start > 0,
      has_after: end < all.length,
    };
  };

  one = async (seq: number) => this.rows.get(seq)!;

  changes = async (since: number): Promise<Changes> => {
    this.asked.push(since);
    const messages = [...this.rows.values()].filter((row) => row.rev > since);
    return { room: sampleHead(), messages, members: [], rev: this.rev, more: false };
  };
}

function openLog(server: Server) {
  const clock = new StillClock();
  const { page, changes, one } = server;
  return { clock, log: new RoomLog({ room: "r1", rev: server.rev, clock, page, changes, one }) };
}

const texts = (log: RoomLog, root: number | null = null) => log.list(root).map((row) => row.text);

/** Every order of a few things. */
function orders<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((first, index) =>
    orders(items.filter((_, other) => other !== index)).map((rest) => [first].concat(rest)),
  );
}

/** Four changes after two messages: two new ones, an edit, a reply in a thread. */
const happen = (server: Server) => [
  server.write(3),
  server.write(4),
  server.write(3, { text: "edited" }),
  server.write(5, { thread: 4 }),
];

describe("RoomLog", () => {
  test("any order of events, each one twice, ends in the fresh state", async () => {
    for (const order of orders([0, 1, 2, 3])) {
      const server = new Server();
      server.write(1);
      server.write(2);
      const { log } = openLog(server);
      // eslint-disable-next-line no-await-in-loop
      await log.openNewest();
      const messages = happen(server);
      for (const index of [...order, ...order]) {
        log.apply([{ rev: messages[index]!.rev, message: messages[index]! }]);
      }
      expect(texts(log)).toEqual(["message 1", "message 2", "edited", "message 4"]);
      expect(log.rev).toBe(server.rev);
    }
  });

  test("a missing rev is fetched", async () => {
    const server = new Server();
    const { log, clock } = openLog(server);
    await log.openNewest();
    server.write(1);
    const second = server.write(2);
    log.apply([{ rev: 2, message: second }]);
    expect(log.rev).toBe(0);
    clock.pass(1000);
    await settled();
    expect(server.asked).toEqual([0]);
    expect(texts(log)).toEqual(["message 1", "message 2"]);
    expect(log.rev).toBe(2);
  });

  test("a rev that comes a moment late is not fetched", async () => {
    const server = new Server();
    const { log, clock } = openLog(server);
    await log.openNewest();
    const first = server.write(1);
    const second = server.write(2);
    log.apply([{ rev: 2, message: second }]);
    log.apply([{ rev: 1, message: first }]);
    clock.pass(10_000);
    await settled();
    expect(server.asked).toEqual([]);
  });

  test("what arrives while the first page is on its way is not lost", async () => {
    const server = new Server();
    server.write(1);
    const { log } = openLog(server);
    const opening = log.openNewest();
    const second = server.write(2);
    log.apply([{ rev: 2, message: second }]);
    await opening;
    expect(texts(log)).toEqual(["message 1", "message 2"]);
  });

  test("a stretch around an old message takes in no newer ones until it reaches them", async () => {
    const server = new Server();
    for (let seq = 1; seq <= 200; seq++) server.write(seq);
    const { log } = openLog(server);
    await log.openAt(60);
    log.apply([{ rev: 201, message: server.write(201) }]);
    expect(log.main.last).toBeLessThan(100);
    await log.after();
    await log.after();
    await log.after();
    expect(log.main.hasAfter).toBe(false);
    expect(log.list(null).map((row) => row.seq)).toEqual(
      Array.from({ length: 201 - log.main.first! + 1 }, (_, index) => log.main.first! + index),
    );
  });

  test("older messages are put before, once, however often they are asked for", async () => {
    const server = new Server();
    for (let seq = 1; seq <= 120; seq++) server.write(seq);
    const { log } = openLog(server);
    await log.openNewest();
    await Promise.all([log.before(), log.before()]);
    expect(log.main.first).toBe(21);
    expect(server.pages).toHaveLength(2);
  });

  test("a thread shows its root and its replies", async () => {
    const server = new Server();
    server.write(1);
    const { log } = openLog(server);
    await log.openNewest(1);
    log.apply([{ rev: 2, message: server.write(2, { thread: 1 }) }]);
    expect(texts(log, 1)).toEqual(["message 1", "message 2"]);
  });

  test("a reply shown in the room too stands in both", async () => {
    const server = new Server();
    server.write(1);
    const { log } = openLog(server);
    await log.openNewest();
    await log.openNewest(1);
    log.apply([{ rev: 2, message: server.write(2, { thread: 1, also_room: true }) }]);
    expect(texts(log)).toEqual(["message 1", "message 2"]);
    expect(texts(log, 1)).toEqual(["message 1", "message 2"]);
  });

  test("far behind, it loads what is on screen instead of replaying", async () => {
    const server = new Server();
    server.write(1);
    const { log } = openLog(server);
    await log.openNewest();
    for (let seq = 2; seq <= 1500; seq++) server.write(seq);
    log.catchUp(server.rev);
    await settled();
    expect(server.asked).toEqual([]);
    expect(log.main.last).toBe(1500);
  });
});
