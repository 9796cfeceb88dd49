/** Who may do what in an organisation: pure questions about roles. */
import type { Role } from "../api";

const RANK: Record<Role, number> = { guest: 0, member: 1, admin: 2, owner: 3 };

/** May open the administrator's pages and change people. */
export const isAdmin = (role: Role): boolean => RANK[role] >= RANK.admin;

/** Roles that somebody may give: nobody gives more than they have. */
export function rolesToGive(mine: Role): Role[] {
  if (!isAdmin(mine)) return [];
  const all: Role[] = ["owner", "admin", "member", "guest"];
  return all.filter((role) => RANK[role] <= RANK[mine]);
}

/** May change the role, the sign-in or the membership of that person. */
export function mayManage(
  me: { id: string; role: Role },
  other: { id: string; role: Role },
): boolean {
  return isAdmin(me.role) && me.id !== other.id && RANK[other.role] <= RANK[me.role];
}
