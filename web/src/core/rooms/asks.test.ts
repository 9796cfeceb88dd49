/** What I asked of robots is shown until it is answered, and honest about what failed. */
import { beforeEach, describe, expect, test } from "vitest";
import type { DialogAsked, Told } from "../api";
import { StillClock } from "../live/clock";
import { aboutPress, Asks } from "./asks";

let clock: StillClock;
let asks: Asks;
const press = (ref: string) =>
  asks.begin({ ref, room: "r", thread: null, about: aboutPress(7, "a0"), kind: "press" });
const command = (ref: string) =>
  asks.begin({ ref, room: "r", thread: null, about: "/점심", kind: "command" });
const answered = (ref: string, code: string | null = null, url: string | null = null) =>
  asks.answered({ room: "r", ref, code, message: "", url });

beforeEach(() => {
  clock = new StillClock();
  asks = new Asks(clock);
});

describe("a press", () => {
  test("is under way until it is answered", () => {
    press("n");
    expect(asks.press("r", 7, "a0")?.failed).toBeNull();
    answered("n");
    expect(asks.press("r", 7, "a0")).toBeUndefined();
  });

  test("says why it failed, and a new one takes its place", () => {
    press("n");
    answered("n", "receiver_slow");
    expect(asks.press("r", 7, "a0")?.failed?.code).toBe("receiver_slow");
    press("m");
    expect(asks.press("r", 7, "a0")).toMatchObject({ ref: "m", failed: null });
  });

  test("that nobody answers is given up in words", () => {
    press("n");
    clock.pass(20_000);
    expect(asks.press("r", 7, "a0")?.failed?.code).toBe("no_answer");
  });

  test("of another device is not shown", () => {
    answered("other", "receiver_slow");
    expect(asks.at("r", null).asks).toEqual([]);
  });
});

test("words for me alone stand in their place until I put them away", () => {
  asks.told({ id: "t1", room: "r", thread: null } as Told);
  asks.told({ id: "t2", room: "r", thread: 3 } as Told);
  expect(asks.at("r", null).lines.map((line) => line.id)).toEqual(["t1"]);
  expect(asks.at("r", null)).toBe(asks.at("r", null));
  asks.dismiss("t1");
  expect(asks.at("r", null).lines).toEqual([]);
});

test("a command that leads somewhere leaves a line with the way", () => {
  command("n");
  expect(asks.at("r", null).asks).toHaveLength(1);
  answered("n", null, "https://example.com");
  expect(asks.at("r", null)).toMatchObject({ asks: [], lines: [{ url: "https://example.com" }] });
});

test("a dialog is shown by the device that asked, also after the answer", () => {
  command("n");
  answered("n");
  asks.asked({ id: "d", ref: "other" } as DialogAsked);
  expect(asks.dialog).toBeNull();
  asks.asked({ id: "d", ref: "n" } as DialogAsked);
  expect(asks.dialog?.id).toBe("d");
  asks.closed();
  expect(asks.dialog).toBeNull();
});
