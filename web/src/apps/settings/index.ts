/** Personal settings: profile, look, quiet hours, sign-in, devices and tokens. */
import { Settings } from "lucide-react";
import type { ClientApp } from "../../core/app";
import { late } from "../../core/fetched";

export const app: ClientApp = {
  name: "settings",
  title: { ko: "내 설정", en: "My settings", zh: "我的设置" },
  icon: Settings,
  path: "/settings",
  page: late(() => import("./page")),
  sidebar: late(() => import("./sidebar")),
  words: import.meta.glob("./words/*.json"),
  rail: false,
  order: 90,
};
