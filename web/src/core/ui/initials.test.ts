import { expect, test } from "vitest";
import { initialsOf, inkOf } from "./initials";

test("a Korean or Chinese name is its given name", () => {
  expect(initialsOf("김지수")).toBe("지수");
  expect(initialsOf("王小明")).toBe("小明");
  expect(initialsOf("이준")).toBe("이준");
});

test("a Latin name is its first and last letters", () => {
  expect(initialsOf("Mina Clara Park")).toBe("MP");
  expect(initialsOf("robot")).toBe("R");
  expect(initialsOf("")).toBe("");
});

test("an id always has the same ink", () => {
  expect(inkOf("p1")).toBe(inkOf("p1"));
  expect(inkOf("a long identifier")).toBeLessThan(8);
});
