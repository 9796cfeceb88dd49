import { renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { addCommands, runCommand, useCommand, useCommands, type Command } from "./commands";

const row = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  group: "go",
  title: () => id,
  ...more,
});

beforeEach(() => useCommands.setState({ table: [], offered: {} }));

test("a row with an action of its own runs anywhere", () => {
  const run = vi.fn<() => void>();
  addCommands([row("a.go", { run })]);
  expect(runCommand("a.go")).toBe(true);
  expect(run).toHaveBeenCalledOnce();
});

test("a row without an action runs only while a view offers one", () => {
  addCommands([row("a.reply")]);
  expect(runCommand("a.reply")).toBe(false);
  const run = vi.fn<() => void>();
  const view = renderHook(() => useCommand("a.reply", run));
  expect(runCommand("a.reply")).toBe(true);
  view.unmount();
  expect(runCommand("a.reply")).toBe(false);
});

test("a view that offers null offers nothing", () => {
  addCommands([row("a.reply")]);
  renderHook(() => useCommand("a.reply", null));
  expect(runCommand("a.reply")).toBe(false);
});

test("a command that may not be used does not run", () => {
  addCommands([row("a.go", { run: () => undefined, may: () => false })]);
  expect(runCommand("a.go")).toBe(false);
});

test("adding a row again replaces it", () => {
  addCommands([row("a.go")]);
  addCommands([row("a.go")]);
  expect(useCommands.getState().table).toHaveLength(1);
});
