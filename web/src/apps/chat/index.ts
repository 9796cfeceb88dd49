/** The messenger as an app of the client: rooms in the sidebar, a room on the page. */
import { MessagesSquare } from "lucide-react";
import type { ClientApp } from "../../core/app";
import { late } from "../../core/fetched";
import { useBadge } from "./badge";
import { commands } from "./commands";
import { findRooms } from "./finder";

export const app: ClientApp = {
  name: "chat",
  title: { ko: "대화", en: "Chat", zh: "聊天" },
  icon: MessagesSquare,
  path: "/chat",
  order: 10,
  page: late(() => import("./page")),
  sidebar: late(() => import("./sidebar/sidebar")),
  words: import.meta.glob("./words/*.json"),
  useBadge,
  commands,
  finders: [findRooms],
};
