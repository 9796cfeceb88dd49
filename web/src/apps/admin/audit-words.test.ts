/** An audit line says in words whom or what it was about, and how that was changed. */
import { expect, test } from "vitest";
import { detailOf, type Wording } from "./audit-words";

const words: Record<string, string> = { role: "역할", departments: "부서", admin: "관리자" };
const wording: Wording = {
  word: (_, name) => words[name] ?? name,
  person: (id) => ({ p1: "김하나" })[id],
  thing: (id) => ({ d1: "본점", r1: "근무표" })[id],
};

test("a member's change names the member, and says what is new", () => {
  const detail = { role: "admin", departments: ["d1"], title: "" };
  expect(detailOf({ verb: "orgs.change_member", subject: "p1", detail }, wording)).toBe(
    "김하나 · 역할: 관리자 · 부서: 본점",
  );
});

test("a message's line names its room and its sender", () => {
  const line = { verb: "rooms.recall", subject: "r1/7", detail: { sender: "p1" } };
  expect(detailOf(line, wording)).toBe("근무표 · sender: 김하나");
});

test("what has no name here stands as it is", () => {
  expect(detailOf({ verb: "rooms.pin", subject: "r9/7", detail: {} }, wording)).toBe("r9/7");
  expect(
    detailOf({ verb: "rooms.owner", subject: "r9", detail: { to: "p9", seq: 4 } }, wording),
  ).toBe("to: p9 · seq: 4");
});
