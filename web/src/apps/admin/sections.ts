/** The administrator's sections in their order; the first one shows at /admin. */
import { Building2, Landmark, MailPlus, ScrollText, UsersRound } from "lucide-react";
import { Audit } from "./audit";
import { Departments } from "./departments";
import { Invites } from "./invites";
import { Organisation } from "./organisation";
import { People } from "./people";

export const sections = [
  { id: "people", icon: UsersRound, page: People },
  { id: "invites", icon: MailPlus, page: Invites },
  { id: "departments", icon: Building2, page: Departments },
  { id: "audit", icon: ScrollText, page: Audit },
  { id: "organisation", icon: Landmark, page: Organisation },
] as const;
