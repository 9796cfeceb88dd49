import { beforeEach, expect, test } from "vitest";
import type { ClientApp } from "../app";
import { addCommands, useCommands } from "../commands";
import { paneOf } from "./Frame";
import { nextOf, signInFor } from "./Gate";
import { titleOf } from "./titles";
import { fittingCommands } from "./useFound";

const chat = { path: "/chat", sidebar: () => null } as unknown as ClientApp;

const run = () => undefined;

beforeEach(() => useCommands.setState({ table: [], offered: {} }));

test("a phone shows the list first, then the page, then the panel over both", () => {
  expect(paneOf(chat, "/chat", 0)).toBe("sidebar");
  expect(paneOf(chat, "/chat/", 0)).toBe("sidebar");
  expect(paneOf(chat, "/chat/room", 0)).toBe("page");
  expect(paneOf(chat, "/chat/room", 1)).toBe("panel");
  expect(paneOf(undefined, "/nowhere", 0)).toBe("page");
});

test("signing in leads back to where one wanted to go", () => {
  const place = signInFor("/people", "person=p1");
  expect(nextOf(place.split("?")[1] ?? "")).toBe("/people?person=p1");
  expect(signInFor("/", "")).toBe("/sign-in");
});

test.each(["//evil.example", "/\\evil.example", "https://evil.example"])(
  "signing in never leads away to %s",
  (next) => expect(nextOf(`next=${encodeURIComponent(next)}`)).toBe("/"),
);

test("the title tells what is unread", () => {
  expect(titleOf("진료실", 3)).toBe("(3) 진료실 · Narae");
  expect(titleOf("", 0)).toBe("Narae");
});

test("the palette offers the commands that can be used now and fit what was typed", () => {
  addCommands([
    { id: "a", group: "go", title: () => "설정 열기", run },
    { id: "b", group: "go", title: () => "설정 닫기", run, palette: false },
    { id: "c", group: "go", title: () => "설정 지우기" },
    { id: "d", group: "go", title: () => "로그아웃", run },
  ]);
  expect(fittingCommands("ㅅㅈ").map((row) => row.id)).toEqual(["a"]);
});
