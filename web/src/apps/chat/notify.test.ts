/** Quiet hours are kept, over midnight too, in the person's own timezone. */
import { expect, test } from "vitest";
import { isQuiet } from "./notify";

const at = (clock: string) => new Date(`2020-04-01T${clock}:00Z`);
const night = { quiet_from: "22:00", quiet_to: "07:00", timezone: "UTC" };

test.each([
  ["21:59", false],
  ["22:00", true],
  ["03:00", true],
  ["06:59", true],
  ["07:00", false],
])("from ten to seven, %s is quiet: %s", (clock, quiet) => {
  expect(isQuiet(night, at(clock))).toBe(quiet);
});

test("the hours are those of the person's place", () => {
  expect(isQuiet({ ...night, timezone: "Asia/Seoul" }, at("13:30"))).toBe(true);
});

test("without hours nothing is quiet", () => {
  expect(isQuiet({ ...night, quiet_from: null }, at("03:00"))).toBe(false);
});
