/** What changed is asked over the socket; a lost or silent line does not leave anybody waiting. */
import { beforeEach, expect, test } from "vitest";
import type { Changes } from "../api";
import { StillClock } from "../live/clock";
import { ChangesAsked } from "./changes";
import { sampleHead, settled } from "./samples";

const answer = (rev: number): Changes => ({
  room: sampleHead(),
  messages: [],
  members: [],
  rev,
  more: false,
});

let clock: StillClock;
let online: boolean;
let posted: Record<string, number>[];
let fetched: string[];
let asked: ChangesAsked;

beforeEach(() => {
  clock = new StillClock();
  online = true;
  posted = [];
  fetched = [];
  asked = new ChangesAsked({
    clock,
    post: (rooms) => online && posted.push(rooms) > 0,
    fetch: async (room, since) => {
      fetched.push(`${room} ${since}`);
      return answer(99);
    },
  });
});

test("the socket is asked once, and its answer told to all who asked", async () => {
  const both = [asked.ask("r1", 4), asked.ask("r1", 4)];
  asked.told({ room: "r1", since: 4, changes: answer(7) });
  expect((await Promise.all(both)).map((changes) => changes.rev)).toEqual([7, 7]);
  expect(posted).toEqual([{ r1: 4 }]);
  expect(fetched).toEqual([]);
});

test("an answer to another question is not taken", async () => {
  let told: Changes | null = null;
  void asked.ask("r1", 4).then((changes) => (told = changes));
  asked.told({ room: "r1", since: 3, changes: answer(7) });
  asked.told({ room: "r2", since: 4, changes: answer(7) });
  await settled();
  expect(told).toBeNull();
});

test("without a socket it is asked over HTTP", async () => {
  online = false;
  expect((await asked.ask("r1", 4)).rev).toBe(99);
});

test.each([
  ["the line is lost", () => asked.lost()],
  ["no answer comes in time", () => clock.pass(10_000)],
])("when %s it is asked over HTTP", async (_, happens) => {
  const waiting = asked.ask("r1", 4);
  happens();
  expect((await waiting).rev).toBe(99);
  expect(fetched).toEqual(["r1 4"]);
});
