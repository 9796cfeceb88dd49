/** A part of the client that could not be had is asked for again, but not for ever. */
import { beforeEach, expect, test } from "vitest";
import { fetched } from "./fetched";
import { StillClock } from "./live/clock";
import { useConnection } from "./live/connection";
import { settled } from "./rooms/samples";

let clock: StillClock;
let there: boolean;
let asked: number;

const load = async () => {
  asked++;
  if (!there) throw new TypeError("Failed to fetch dynamically imported module");
  return "part";
};

async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    clock.pass(500);
    await settled();
  }
}

beforeEach(() => {
  clock = new StillClock();
  there = false;
  asked = 0;
});

test("a part that is wanted while the server is away comes when it is back", async () => {
  useConnection.setState({ status: "connecting" });
  const part = fetched(load, clock);
  await settled();
  await pass(60_000);
  there = true;
  await pass(1_500);
  expect(await part).toBe("part");
});

test("a part that the server does not have is given up", async () => {
  useConnection.setState({ status: "online" });
  const part = fetched(load, clock).catch((error: Error) => error.message);
  await settled();
  await pass(10_000);
  expect(await part).toContain("Failed to fetch");
  expect(asked).toBe(3);
});

test("a style sheet that failed is asked for again before its part", async () => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.dataset.failed = "";
  document.head.append(link);
  there = true;
  const part = fetched(load, clock);
  const again = document.head.querySelector("link[rel=stylesheet]")!;
  expect(again).not.toBe(link);
  expect(asked).toBe(0);
  again.dispatchEvent(new Event("load"));
  expect(await part).toBe("part");
  again.remove();
});
