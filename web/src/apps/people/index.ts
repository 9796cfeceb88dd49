/** The directory: everybody in the organisation, by name and by department. */
import { UsersRound } from "lucide-react";
import type { ClientApp } from "../../core/app";
import { late } from "../../core/fetched";
import { peopleFinder } from "./finder";

export const app: ClientApp = {
  name: "people",
  title: { ko: "사람", en: "People", zh: "通讯录" },
  icon: UsersRound,
  path: "/people",
  page: late(() => import("./page")),
  words: import.meta.glob("./words/*.json"),
  order: 20,
  finders: [peopleFinder],
};
