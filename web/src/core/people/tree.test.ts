import { expect, test } from "vitest";
import type { Department } from "../api";
import { flatten, pathOf, possibleParents, treeOf } from "./tree";

const department = (id: string, parent: string | null, position = 0): Department => ({
  id,
  name: id.toUpperCase(),
  parent,
  position,
  people: 1,
});

const departments = [
  department("team", "sales"),
  department("sales", "head", 2),
  department("care", "head", 1),
  department("head", null),
  department("lost", "gone"),
];

test("departments stand under their parents in their order", () => {
  const rows = flatten(treeOf(departments)).map(({ department: { id }, depth }) => [id, depth]);
  expect(rows).toEqual([
    ["head", 0],
    ["care", 1],
    ["sales", 1],
    ["team", 2],
    ["lost", 0],
  ]);
});

test("a department moves neither into itself nor below itself", () => {
  const ids = possibleParents(departments, "sales").map(({ id }) => id);
  expect(ids.toSorted()).toEqual(["care", "head", "lost"]);
});

test("a path names every department from the top", () => {
  expect(pathOf(departments, "team")).toBe("HEAD › SALES › TEAM");
  expect(pathOf(departments, "unknown")).toBe("");
});
