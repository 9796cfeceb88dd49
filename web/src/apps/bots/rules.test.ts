/** What is typed about a robot becomes what the server takes. */
import { expect, test } from "vitest";
import { changeOf, curlLine, linesOf } from "./rules";

const draft = { name: " 재고 ", keywords: "재고\n\n 주문 ", addresses: "", perMinute: "20" };

test("lists are typed one a line; empty and repeated lines do not count", () => {
  expect(linesOf(" 10.0.0.0/8 \n\n192.0.2.7\r\n10.0.0.0/8")).toEqual(["10.0.0.0/8", "192.0.2.7"]);
});

test("a form becomes a change", () => {
  expect(changeOf(draft)).toEqual({
    name: "재고",
    keywords: ["재고", "주문"],
    addresses: [],
    per_minute: 20,
  });
});

test.each(["", "0", "1.5", "6001", "many"])("a limit of %j a minute is no limit", (perMinute) => {
  expect(changeOf({ ...draft, perMinute })).toBeNull();
});

test("a robot needs a name", () => {
  expect(changeOf({ ...draft, name: "  " })).toBeNull();
});

test("a quote in the text does not end the line's own quotes", () => {
  expect(curlLine("https://n.example/hook/a", "it's")).toBe(
    String.raw`curl -H 'Content-Type: application/json' -d '{"text":"it'\''s"}' 'https://n.example/hook/a'`,
  );
});
