/** What somebody does, in one line: their title and their departments. */
import type { Member } from "../../core/api";
import { useDepartments } from "../../core/people/queries";
import { useOrg } from "../../core/session";

export function useWork(member: Member): string {
  const departments = useDepartments(useOrg().id);
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  return [member.title, ...member.departments.map((id) => names.get(id))]
    .filter(Boolean)
    .join(" · ");
}
