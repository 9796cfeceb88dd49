/** The answers of the invitation form, and what they ask of the server. */
import type { Role } from "../../core/api";
import type { InviteAsk } from "./actions";

export const NO_DEPARTMENT = "none";
export const USES = ["1", "10", "50", "100"] as const;

export interface Ask {
  way: "link" | "list";
  emails: string;
  uses: (typeof USES)[number];
  role: Role;
  department: string;
}

export const EMPTY_ASK: Ask = {
  way: "link",
  emails: "",
  uses: "10",
  role: "member",
  department: NO_DEPARTMENT,
};

/** A link is for a number of people; a list makes one link for each line. */
export function asInvite({ way, emails, uses, role, department }: Ask): InviteAsk {
  const where = department === NO_DEPARTMENT ? {} : { department };
  return way === "link"
    ? { role, uses: Number(uses), ...where }
    : { role, emails: emails.trim(), ...where };
}
