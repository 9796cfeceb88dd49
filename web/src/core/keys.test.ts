import { expect, test } from "vitest";
import { isPressed, keyNames, mayFire } from "./keys";

const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

test("Ctrl+K is mod+k here and ⌘K on a Mac", () => {
  expect(isPressed("mod+k", press({ key: "k", code: "KeyK", ctrlKey: true }), false)).toBe(true);
  expect(isPressed("mod+k", press({ key: "k", code: "KeyK", metaKey: true }), true)).toBe(true);
  expect(isPressed("mod+k", press({ key: "k", code: "KeyK" }), false)).toBe(false);
});

test("a Hangul keyboard's letter is known by its place", () => {
  expect(isPressed("mod+k", press({ key: "ㅏ", code: "KeyK", ctrlKey: true }), false)).toBe(true);
});

test("nothing fires while an input method composes", () => {
  const event = press({ key: "k", code: "KeyK", ctrlKey: true, isComposing: true });
  expect(isPressed("mod+k", event, false)).toBe(false);
});

test("a single letter does not fire while writing", () => {
  const box = document.createElement("textarea");
  document.body.append(box);
  let fired = true;
  box.addEventListener("keydown", (event) => (fired = mayFire("r", event)));
  box.dispatchEvent(press({ key: "r", code: "KeyR", bubbles: true }));
  expect(fired).toBe(false);
  box.remove();
});

test("keys are written in the words of the machine", () => {
  expect(keyNames("mod+shift+k", false)).toEqual(["Ctrl", "Shift", "K"]);
  expect(keyNames("mod+k", true)).toEqual(["⌘", "K"]);
  expect(keyNames("alt+arrowup", false)).toEqual(["Alt", "↑"]);
});
