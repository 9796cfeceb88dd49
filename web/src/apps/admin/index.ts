/** The administrator's pages: people, departments, invitations, the audit log, the organisation. */
import { ShieldCheck } from "lucide-react";
import type { ClientApp } from "../../core/app";
import { late } from "../../core/fetched";
import { isAdmin } from "../../core/session/rules";

export const app: ClientApp = {
  name: "admin",
  title: { ko: "관리", en: "Manage", zh: "管理" },
  icon: ShieldCheck,
  path: "/admin",
  page: late(() => import("./page")),
  sidebar: late(() => import("./sidebar")),
  words: import.meta.glob("./words/*.json"),
  order: 80,
  may: (org) => isAdmin(org.role),
};
