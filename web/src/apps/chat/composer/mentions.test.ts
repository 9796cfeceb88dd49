/** What is typed after "@" finds people, and who is still named is who is meant. */
import { describe, expect, test } from "vitest";
import { complete, mentionAt, mentionsIn, type Target } from "./mentions";

const person = (id: string, name: string): Target => ({
  kind: "person",
  id,
  name,
  detail: "",
  avatar: null,
});

describe("mentionAt", () => {
  test.each([
    ["@", 1, { start: 0, query: "" }],
    ["안녕 @지", 5, { start: 3, query: "지" }],
    ["선생님@ㅈ", 5, { start: 3, query: "ㅈ" }],
    ["me@example", 10, null],
    ["@지수 님", 5, null],
    ["no name", 7, null],
  ])("%s", (text, caret, found) => {
    expect(mentionAt(text, caret)).toEqual(found);
  });
});

test("completing puts the name in and leaves one space", () => {
  expect(complete("안녕 @지 오늘", 5, 3, "김지수")).toEqual({
    text: "안녕 @김지수 오늘",
    caret: 8,
  });
});

describe("mentionsIn", () => {
  test("only those whose name still stands in the text are meant", () => {
    const found = mentionsIn("@김지수 봐 주세요", [person("p1", "김지수"), person("p2", "박민준")]);
    expect(found).toEqual({ people: ["p1"], departments: [], all: false });
  });

  test("a longer name is not taken for the shorter one inside it", () => {
    const found = mentionsIn("@김지수", [person("p1", "김지"), person("p2", "김지수")]);
    expect(found.people).toEqual(["p2"]);
  });

  test("everybody and a department", () => {
    const all: Target = { ...person("all", "모두"), kind: "all" };
    const nurses: Target = { ...person("d1", "간호부"), kind: "department" };
    expect(mentionsIn("@모두 @간호부 모입시다", [all, nurses])).toEqual({
      people: [],
      departments: ["d1"],
      all: true,
    });
  });
});
