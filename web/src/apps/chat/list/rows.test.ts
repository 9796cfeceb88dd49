/** Days, groups and the "new" line stand where a reader expects them, and nothing moves when older messages come. */
import { describe, expect, test } from "vitest";
import type { Outgoing } from "../../../core/rooms/outbox";
import { sampleMessage } from "../../../core/rooms/samples";
import { buildRows, type Row, type RowsAsk } from "./rows";

const MINUTE = 60_000;
const DAY = 86_400_000;
const noon = 1_600_000_000_000;

const ask = (fields: Partial<RowsAsk>): RowsAsk => ({
  messages: [],
  outgoing: [],
  me: "p1",
  newFrom: null,
  whole: true,
  joints: new Set(),
  dayOf: (at) => Math.floor(at / DAY),
  ...fields,
});

const say = (seq: number, minutes: number, fields = {}) =>
  sampleMessage(seq, seq, { at: noon + minutes * MINUTE, ...fields });

const kinds = (rows: Row[]) => rows.map((row) => row.kind);
const starts = (rows: Row[]) => rows.flatMap((row) => ("starts" in row ? [row.starts] : []));

describe("buildRows", () => {
  test("messages of one sender within five minutes stand under one name", () => {
    const messages = [say(1, 0), say(2, 4), say(3, 8), say(4, 14), say(5, 15, { sender: "p3" })];
    expect(starts(buildRows(ask({ messages })))).toEqual([true, false, false, true, true]);
  });

  test("an answer, and what follows an event, starts anew", () => {
    const reply_to = { seq: 1, sender: "p2", excerpt: "" };
    const messages = [say(1, 0), say(2, 1, { reply_to }), say(3, 2, { kind: "event" }), say(4, 3)];
    expect(starts(buildRows(ask({ messages })))).toEqual([true, true, true]);
  });

  test("each day has its line", () => {
    const messages = [say(1, 0), say(2, 24 * 60), say(3, 24 * 60 + 1)];
    expect(kinds(buildRows(ask({ messages })))).toEqual([
      "begin",
      "day",
      "message",
      "day",
      "message",
      "message",
    ]);
  });

  test("the new line stands before the first unread message of somebody else", () => {
    const messages = [say(1, 0), say(2, 1, { sender: "p1" }), say(3, 2)];
    expect(kinds(buildRows(ask({ messages, newFrom: 2 })))).toEqual([
      "begin",
      "day",
      "message",
      "message",
      "new",
      "message",
    ]);
  });

  test("putting older messages before changes no row that was there", () => {
    const late = [say(51, 51), say(52, 52)];
    const early = [say(49, 49), say(50, 50)];
    const before = buildRows(ask({ messages: late, whole: false }));
    const after = buildRows(
      ask({ messages: [...early, ...late], whole: false, joints: new Set([51]) }),
    );
    expect(after.slice(-before.length)).toEqual(before);
  });

  test("a sent message takes the place and the key of the waiting one", () => {
    const item = { nonce: "n1", at: noon, reply_to: null } as Outgoing;
    const waiting = buildRows(ask({ outgoing: [item] })).at(-1)!;
    const sent = buildRows(ask({ messages: [say(1, 0, { sender: "p1", nonce: "n1" })] })).at(-1)!;
    expect([waiting.kind, sent.kind]).toEqual(["out", "message"]);
    expect(sent.key).toBe(waiting.key);
  });
});
