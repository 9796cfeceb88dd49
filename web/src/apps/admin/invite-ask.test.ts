import { expect, test } from "vitest";
import { asInvite, EMPTY_ASK } from "./invite-ask";

test("a link is for a number of people and names no address", () => {
  expect(asInvite({ ...EMPTY_ASK, emails: "left over" })).toEqual({ role: "member", uses: 10 });
});

test("a pasted list goes along as it is, into the department", () => {
  const ask = { ...EMPTY_ASK, way: "list" as const, emails: " a@b.kr\nc@d.kr ", department: "d1" };
  expect(asInvite(ask)).toEqual({ role: "member", emails: "a@b.kr\nc@d.kr", department: "d1" });
});
