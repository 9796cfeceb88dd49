/** Departments as a tree: built from the flat list, walked, and asked whether a move is possible. */
import type { Department } from "../api";

export interface Branch {
  department: Department;
  depth: number;
  branches: Branch[];
}

const inOrder = (a: Department, b: Department): number =>
  a.position - b.position || a.name.localeCompare(b.name);

/** The top departments with all below them; one whose parent is unknown stands at the top. */
export function treeOf(departments: readonly Department[]): Branch[] {
  const known = new Set(departments.map((department) => department.id));
  const parentOf = ({ parent }: Department) => (parent && known.has(parent) ? parent : null);
  const under = (parent: string | null, depth: number): Branch[] =>
    departments
      .filter((department) => parentOf(department) === parent)
      .toSorted(inOrder)
      .map((department) => ({
        department,
        depth,
        branches: under(department.id, depth + 1),
      }));
  return under(null, 0);
}

/** The tree as one list from top to bottom. */
export const flatten = (branches: readonly Branch[]): Branch[] =>
  branches.flatMap((branch) => [branch, ...flatten(branch.branches)]);

/** Where a department may move: anywhere but into itself or what is below it. */
export function possibleParents(departments: readonly Department[], moving: string): Department[] {
  const own = flatten(treeOf(departments)).find((branch) => branch.department.id === moving);
  const inside = new Set(own ? flatten([own]).map((branch) => branch.department.id) : []);
  return departments.filter((department) => !inside.has(department.id));
}

/** "본사 › 영업부 › 1팀". */
export function pathOf(departments: readonly Department[], id: string): string {
  const byId = new Map(departments.map((department) => [department.id, department]));
  const names: string[] = [];
  for (let at = byId.get(id); at && names.length < byId.size; at = byId.get(at.parent ?? ""))
    names.unshift(at.name);
  return names.join(" › ");
}
