import { expect, test } from "vitest";
import { isAdmin, mayManage, rolesToGive } from "./rules";

test("owners and administrators manage, others do not", () => {
  expect((["owner", "admin", "member", "guest"] as const).map(isAdmin)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("nobody gives a role above their own", () => {
  expect(rolesToGive("owner")).toContain("owner");
  expect(rolesToGive("admin")).toEqual(["admin", "member", "guest"]);
  expect(rolesToGive("member")).toEqual([]);
});

test("an administrator does not manage an owner, nor themself", () => {
  const admin = { id: "a", role: "admin" } as const;
  expect(mayManage(admin, { id: "o", role: "owner" })).toBe(false);
  expect(mayManage(admin, admin)).toBe(false);
  expect(mayManage(admin, { id: "m", role: "member" })).toBe(true);
});
