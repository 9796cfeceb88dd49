/** A hook's form holds lists as lines, and is sent as lists. */
import { expect, test } from "vitest";
import { draftOfHook, hookOf, isWhole, NEW_COMMAND, NEW_HOOK } from "./asking";

test("a form and what it asks for are the same thing", () => {
  const draft = {
    urls: "https://a.example\nhttps://b.example",
    words: "배포",
    match: "starts",
  } as const;
  const hook = hookOf({ ...draft, form: "json" })!;
  expect(hook).toEqual({
    urls: ["https://a.example", "https://b.example"],
    words: ["배포"],
    starts: true,
    form: "json",
  });
  expect(draftOfHook(hook)).toEqual({ ...draft, form: "json" });
});

test("without an address there is nothing to ask", () => {
  expect(hookOf(NEW_HOOK)).toBeNull();
  expect(isWhole(NEW_COMMAND)).toBe(false);
  expect(isWhole({ ...NEW_COMMAND, name: "점심", url: "https://a.example" })).toBe(true);
});
