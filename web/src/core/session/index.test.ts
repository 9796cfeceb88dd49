import { expect, test } from "vitest";
import type { Me } from "../api";
import { orgOf } from ".";

const me = { orgs: [{ id: "a" }, { id: "b" }] } as unknown as Me;

test("the chosen organisation stands on screen", () => {
  expect(orgOf(me, "b")?.id).toBe("b");
});

test("a choice that is mine no longer falls back to the first organisation", () => {
  expect(orgOf(me, "gone")?.id).toBe("a");
  expect(orgOf({ ...me, orgs: [] }, "a")).toBeNull();
});
