/** Personal settings: profile, look, quiet hours, sign-in, devices and tokens. */
import { Settings } from "lucide-react";
import { lazy } from "react";
import type { ClientApp } from "../../core/app";

export const app: ClientApp = {
  name: "settings",
  title: { ko: "내 설정", en: "My settings", zh: "我的设置" },
  icon: Settings,
  path: "/settings",
  page: lazy(() => import("./page")),
  sidebar: lazy(() => import("./sidebar")),
  words: import.meta.glob("./words/*.json"),
  rail: false,
  order: 90,
};
