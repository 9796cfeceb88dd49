/** What messages make of a room's head: unread, and how often I am mentioned. */
import { expect, test } from "vitest";
import { asksForCount, Rooms, unreadOf } from "./rooms";
import { sampleHead, sampleMessage } from "./samples";

function roomsWith(fields: Parameters<typeof sampleHead>[0]): Rooms {
  const rooms = new Rooms();
  rooms.reset([sampleHead({ last_seq: 1, read_seq: 1, join_seq: 0, mentions: 0, ...fields })]);
  return rooms;
}

const { id } = sampleHead({});

test("a message of mine on another device leaves nothing unread", () => {
  const rooms = roomsWith({ read_seq: 0, mentions: 1 });
  rooms.message(sampleMessage(2, 2, { room: id, sender: "p1" }), "p1");
  expect(unreadOf(rooms.get(id)!)).toBe(0);
  expect(rooms.get(id)!.mentions).toBe(0);
});

test("a message that mentions me counts as a mention once", () => {
  const rooms = roomsWith({});
  const message = sampleMessage(2, 2, {
    room: id,
    sender: "p2",
    mentions: { people: ["p1"], departments: [], all: false },
  });
  rooms.message(message, "p1");
  rooms.message({ ...message, rev: 3 }, "p1");
  expect(rooms.get(id)!.mentions).toBe(1);
});

test("a department's mention and a changed unread message ask the server for the count", () => {
  const head = sampleHead({ last_seq: 3, read_seq: 1, join_seq: 0 });
  const called = { people: [], departments: ["d1"], all: false };
  expect(asksForCount(sampleMessage(4, 4, { room: id, mentions: called }), head)).toBe(true);
  expect(asksForCount(sampleMessage(2, 2, { room: id, recalled_at: 5 }), head)).toBe(true);
  expect(asksForCount(sampleMessage(1, 1, { room: id, recalled_at: 5 }), head)).toBe(false);
});
