/** The live state as a whole: frames in, stores out; nothing is lost over a gap, a reload or a lost line. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Me, Member, Message, RoomHead } from "../api";
import { StillClock } from "../live/clock";
import type { WireEvents } from "../live/transport";
import type { RoomsApi } from "./api";
import { unreadOf } from "./rooms";
import { sampleHead, sampleMessage, settled } from "./samples";
import { LiveState } from "./state";

const me = { person: { id: "p1" }, orgs: [] } as unknown as Me;

let clock: StillClock;
let wire: { events: WireEvents; sent: { t: string; [key: string]: unknown }[] };
let live: LiveState;
let server: {
  messages: Message[];
  rev: number;
  lookedUp: string[][];
  heads: RoomHead[];
  away: boolean;
};

const api: RoomsApi = {
  messages: async () => {
    if (server.away) throw new Error("no answer");
    return { items: server.messages, has_before: false, has_after: false };
  },
  message: async (_, seq) => server.messages.find((message) => message.seq === seq)!,
  changes: async (_, since) => ({
    room: sampleHead({ topic: "fresh" }),
    messages: server.messages.filter((message) => message.rev > since),
    members: [],
    rev: server.rev,
    more: false,
  }),
  room: async () => sampleHead({ last_seq: 9, last_rev: 9 }),
  reads: async () => ({
    large: false,
    items: [
      { person: "p1", read_seq: 0, join_seq: 0 },
      { person: "p2", read_seq: 2, join_seq: 0 },
      { person: "p3", read_seq: 0, join_seq: 3 },
    ],
  }),
  drafts: async () => ({ items: [] }),
  unread: async () => undefined,
  peopleById: async (_, ids) => {
    server.lookedUp.push(ids);
    return ids.map((id) => ({ id, name: `name of ${id}` }) as Member);
  },
};

const tell = (frame: object) => wire.events.received(JSON.stringify(frame));
const told = (t: string) => wire.sent.filter((frame) => frame.t === t);

function welcome(heads: RoomHead[], resumed = false): void {
  wire.events.opened();
  const whole = { me: resumed ? null : me, rooms: resumed ? [] : heads };
  tell({ t: "welcome", session: "s", seq: 0, resumed, now: 0, beat: 20, ...whole });
}

/** What the server hears; it answers a question about changes. */
function heard(frame: (typeof wire.sent)[number]): void {
  wire.sent.push(frame);
  if (frame.t !== "catch_up") return;
  for (const [room, since] of Object.entries(frame.rooms as Record<string, number>))
    void api.changes(room, since).then((changes) => tell({ t: "changes", room, since, changes }));
}

function start(): LiveState {
  return new LiveState({
    me,
    api,
    clock,
    transport: (events) => {
      wire = { events, sent: [] };
      return { send: (text) => heard(JSON.parse(text)), close: () => {} };
    },
    shelf: localStorage,
    nonce: () => "n1",
    onMe: () => {},
    onSignedOut: () => {},
    onStale: () => {},
  });
}

beforeEach(() => {
  clock = new StillClock();
  server = { messages: [], rev: 0, lookedUp: [], heads: [], away: false };
  live = start();
  live.socket.start();
});

describe("rooms", () => {
  test("a message makes its room unread and newest", () => {
    welcome([sampleHead(), sampleHead({ id: "r2", name: "B", last_at: 1_700_000_000_000 })]);
    tell({ t: "message", message: sampleMessage(1, 1, { at: 1_800_000_000_000 }) });
    expect(unreadOf(live.rooms.get("r1")!)).toBe(1);
    expect(live.rooms.sections("o1").rooms.map((head) => head.id)).toEqual(["r1", "r2"]);
  });

  test("what was there before I joined is not unread", () => {
    expect(unreadOf(sampleHead({ last_seq: 10, join_seq: 7, read_seq: 0 }))).toBe(3);
  });

  test("a renamed direct talk keeps the other's name, and follows it", () => {
    welcome([sampleHead({ direct: true, other: "p2", name: "Old" })]);
    tell({ t: "room", room: { id: "r1", name: "", topic: "new" }, rev: 1 });
    expect(live.rooms.get("r1")!.name).toBe("Old");
    tell({ t: "person", org: "o1", person: { id: "p2", name: "New" } });
    expect(live.rooms.get("r1")!.name).toBe("New");
  });

  test("reading moves the pointer at once, and tells the server a moment later, once", () => {
    welcome([sampleHead({ last_seq: 5, mentions: 1 })]);
    live.read("r1", 3);
    live.read("r1", 5);
    expect(live.rooms.get("r1")).toMatchObject({ read_seq: 5, mentions: 0 });
    clock.pass(1000);
    expect(told("read")).toEqual([{ t: "read", room: "r1", seq: 5 }]);
  });

  test("a pointer moved while the line was lost is told when it is back", () => {
    welcome([sampleHead({ last_seq: 5 })]);
    wire.events.closed(1006);
    live.read("r1", 5);
    clock.pass(2000);
    welcome([], true);
    expect(told("read")).toEqual([{ t: "read", room: "r1", seq: 5 }]);
  });
});

describe("logs", () => {
  test("a fresh connection fetches only what an open log lacks", async () => {
    welcome([sampleHead()]);
    await live.log("r1").openNewest();
    server.messages = [sampleMessage(1, 1)];
    server.rev = 1;
    wire.events.closed(4408);
    clock.pass(1000);
    welcome([sampleHead({ last_seq: 1, last_rev: 1 })]);
    clock.pass(1);
    await settled();
    expect(
      live
        .log("r1")
        .list(null)
        .map((message) => message.seq),
    ).toEqual([1]);
    expect(live.rooms.get("r1")!.topic).toBe("fresh");
  });

  test("a log that could not be opened opens when the connection is back", async () => {
    welcome([sampleHead()]);
    server.messages = [sampleMessage(1, 1)];
    server.away = true;
    await live.log("r1").openAt(1);
    expect(live.log("r1").main).toMatchObject({ loaded: false, failed: true });
    wire.events.closed(1006);
    server.away = false;
    clock.pass(1000);
    welcome([], true);
    await settled();
    expect(live.log("r1").main.seqs).toEqual([1]);
  });

  test("my message leaves the outbox when its event comes before its answer", async () => {
    welcome([sampleHead()]);
    await live.log("r1").openNewest();
    live.outbox.add({
      room: "r1",
      thread: null,
      also_room: false,
      text: "hi",
      files: [],
      reply_to: null,
      confirm: false,
      mentions: { people: [], departments: [], all: false },
    });
    const { id } = told("send")[0]!;
    tell({ t: "message", message: sampleMessage(1, 1, { sender: "p1", nonce: "n1" }) });
    tell({ t: "ok", id, room: "r1", seq: 1, rev: 1, at: 0 });
    await settled();
    expect(live.log("r1").list(null)).toHaveLength(1);
    expect(live.outbox.list("r1", null)).toEqual([]);
  });

  test("too slow: the heads of the rooms that were missed are fetched", async () => {
    welcome([sampleHead()]);
    tell({ t: "behind", rooms: { r1: 9 } });
    await settled();
    expect(live.rooms.get("r1")).toMatchObject({ last_seq: 9, last_rev: 9 });
  });
});

describe("people, reads, presence and drafts", () => {
  test("people are looked up in one batch, and once", async () => {
    live.people.get("o1", "p2");
    live.people.get("o1", "p3");
    live.people.get("o1", "p2");
    clock.pass(100);
    await settled();
    live.people.get("o1", "p3");
    clock.pass(100);
    expect(server.lookedUp).toEqual([["p2", "p3"]]);
    expect(live.people.get("o1", "p2")!.name).toBe("name of p2");
  });

  test("unread counts those who were there and have not read, without the sender", async () => {
    welcome([sampleHead()]);
    await live.reads.open("r1");
    const count = (seq: number) => live.reads.unread({ room: "r1", seq, sender: "p1" });
    expect([count(2), count(3), count(4)]).toEqual([0, 1, 2]);
    tell({ t: "read", room: "r1", person: "p2", seq: 4 });
    expect(count(4)).toBe(1);
  });

  test("a typing line goes after a while, or when the message comes", () => {
    welcome([sampleHead()]);
    tell({ t: "typing", room: "r1", person: "p2" });
    tell({ t: "typing", room: "r1", person: "p3" });
    tell({ t: "message", message: sampleMessage(1, 1, { sender: "p2" }) });
    expect(live.presence.typing("r1", null)).toEqual(["p3"]);
    clock.pass(10_000);
    expect(live.presence.typing("r1", null)).toEqual([]);
  });

  test("a draft is told a moment after the last key, and what I type wins over another device", () => {
    welcome([sampleHead()]);
    live.drafts.write("r1", null, "a");
    live.drafts.write("r1", null, "ab");
    tell({ t: "draft", room: "r1", thread: null, text: "elsewhere", at: 0 });
    expect(live.drafts.get("r1", null)).toBe("ab");
    clock.pass(2000);
    expect(told("draft")).toEqual([{ t: "draft", room: "r1", text: "ab" }]);
    tell({ t: "draft", room: "r1", thread: null, text: "elsewhere", at: 0 });
    expect(live.drafts.get("r1", null)).toBe("elsewhere");
  });

  test("a draft written offline outlives a reload", () => {
    live.drafts.write("r1", 4, "kept");
    const again = start();
    expect(again.drafts.get("r1", 4)).toBe("kept");
    again.socket.start();
    welcome([sampleHead()]);
    expect(told("draft")).toEqual([{ t: "draft", room: "r1", thread: 4, text: "kept" }]);
  });
});
