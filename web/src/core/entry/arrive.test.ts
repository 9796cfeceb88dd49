import { expect, test } from "vitest";
import { takeToken, tokenOf } from "./arrive";

test("a link's secret is what stands after the #", () => {
  expect(tokenOf("#abc-_1")).toBe("abc-_1");
  expect(tokenOf("")).toBe("");
});

test("taking the secret clears it from the address bar", () => {
  location.hash = "#secret";
  expect(takeToken()).toBe("secret");
  expect(location.hash).toBe("");
});
