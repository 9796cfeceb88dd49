import { expect, test } from "vitest";
import { detailOf } from "./audit-words";

test("details stand as pairs of name and value", () => {
  expect(
    detailOf({ subject: "p1", detail: { role: "admin", departments: ["d1"], title: "" } }),
  ).toBe('role: admin · departments: ["d1"]');
});

test("a line without details says whom it was about", () => {
  expect(detailOf({ subject: "p1", detail: {} })).toBe("p1");
});
