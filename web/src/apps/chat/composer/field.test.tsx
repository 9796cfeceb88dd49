/** Enter sends only when nothing is being composed. */
import { fireEvent, render, screen } from "@testing-library/react";
import { createRef } from "react";
import { expect, test } from "vitest";
import { Field, type FieldHandle } from "./field";
import type { Writing } from "./use-writing";

function setUp(enterSends = true) {
  const world = { sent: 0, edited: 0 };
  const writing = {
    text: "",
    write: () => {},
    send: () => world.sent++,
    editLast: () => world.edited++,
    leave: () => false,
  } as unknown as Writing;
  render(
    <Field
      ref={createRef<FieldHandle>()}
      writing={writing}
      label="text"
      placeholder=""
      enterSends={enterSends}
      targets={{ all: [], fitting: [] }}
      onQuery={() => {}}
      onFiles={() => {}}
    />,
  );
  return { world, box: screen.getByRole("textbox") };
}

test("Enter sends", () => {
  const { world, box } = setUp();
  fireEvent.keyDown(box, { key: "Enter" });
  expect(world.sent).toBe(1);
});

test.each([
  ["an input method composes", { isComposing: true }],
  ["the browser says so by 229", { keyCode: 229 }],
  ["Shift is held", { shiftKey: true }],
])("Enter does not send while %s", (_, marks) => {
  const { world, box } = setUp();
  fireEvent.keyDown(box, { key: "Enter", ...marks });
  expect(world.sent).toBe(0);
});

test("with Enter for new lines, Ctrl+Enter sends", () => {
  const { world, box } = setUp(false);
  fireEvent.keyDown(box, { key: "Enter" });
  expect(world.sent).toBe(0);
  fireEvent.keyDown(box, { key: "Enter", ctrlKey: true });
  expect(world.sent).toBe(1);
});

test("arrow up in an empty field edits my last message", () => {
  const { world, box } = setUp();
  fireEvent.keyDown(box, { key: "ArrowUp" });
  expect(world.edited).toBe(1);
});
