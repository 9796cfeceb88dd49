/** What does not fit into a robot's dialog is said before it is sent. */
import { expect, test } from "vitest";
import type { DialogElement } from "../../../core/api";
import { valuesOf, whyNot } from "./fields";

const element = (fields: Partial<DialogElement>): DialogElement => ({
  name: "x",
  display_name: "x",
  type: "text",
  subtype: "text",
  default: "",
  placeholder: "",
  help_text: "",
  optional: false,
  min_length: 0,
  max_length: 10,
  options: [],
  ...fields,
});

test("fields begin with their defaults, a tick with no", () => {
  const elements = [element({ default: "가" }), element({ name: "y", type: "bool" })];
  expect(valuesOf(elements)).toEqual({ x: "가", y: "false" });
});

test.each([
  [{}, "", "needed"],
  [{ optional: true }, "", undefined],
  [{ min_length: 2 }, "가", "too_short"],
  [{ max_length: 2 }, "가나다", "too_long"],
  [{ subtype: "number" }, "셋", "not_number"],
  [{ subtype: "number" }, "-3.5", undefined],
  [{ type: "bool" }, "false", undefined],
  [{ type: "select", options: [{ text: "큰", value: "L" }] }, "", "needed"],
] as const)("%o with %s", (fields, value, fault) => {
  expect(whyNot([element(fields as Partial<DialogElement>)], { x: value }).x).toBe(fault);
});
