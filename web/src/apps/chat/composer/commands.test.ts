/** A slash at the beginning is a command; paths, comments and slashes inside a text are not. */
import { describe, expect, test } from "vitest";
import { commandAt, commandOf } from "./commands";

describe("commandAt", () => {
  test.each([
    ["/", 1, { start: 0, query: "" }],
    ["/점", 2, { start: 0, query: "점" }],
    ["/점심 국수", 3, { start: 0, query: "점심" }],
    ["/점심 국수", 6, null],
    ["글 /점심", 5, null],
    ["/home/hana", 8, null],
    ["", 0, null],
  ])("%s at %i", (text, caret, found) => expect(commandAt(text, caret)).toEqual(found));
});

describe("commandOf", () => {
  test.each([
    ["/점심 국수", "점심"],
    ["/Deploy", "deploy"],
    ["  /deploy now\nplease", "deploy"],
    ["/", null],
    ["//", null],
    ["/home/hana 보세요", null],
    ["글 /점심", null],
  ])("%s", (text, name) => expect(commandOf(text)).toBe(name));
});
