/** Robots: whoever runs a room lets other programs post there. */
import { Bot } from "lucide-react";
import type { ClientApp } from "../../core/app";
import { late } from "../../core/fetched";

export const app: ClientApp = {
  name: "bots",
  title: { ko: "로봇", en: "Robots", zh: "机器人" },
  icon: Bot,
  path: "/bots",
  page: late(() => import("./page")),
  words: import.meta.glob("./words/*.json"),
  order: 60,
  may: (org) => org.role !== "guest",
};
