/** The frame's own rows of the one table of commands. */
import i18next from "i18next";
import { Building2, Keyboard, LogOut, Moon, Search, Sun } from "lucide-react";
import { navigate } from "wouter/use-browser-location";
import { answer, api, queryClient, type Settings } from "../api";
import type { ClientApp } from "../app";
import type { Command } from "../commands";
import { meNow, orgNow, setMe } from "../session";
import { toastError } from "../ui/Toast";
import { currentLang } from "../words";
import { closeLayer } from "./layers";
import { openLayer } from "./openness";

/** Ends the sign-in here and forgets everything that was asked for. */
export async function signOut(): Promise<void> {
  try {
    await answer(api.POST("/api/sign-out"));
    setMe(null);
    queryClient.clear();
    setMe(null);
    navigate("/sign-in");
  } catch (error) {
    toastError(error);
  }
}

/** Changes one of my settings on every device. */
export async function changeSettings(settings: Partial<Settings>): Promise<void> {
  try {
    setMe(await answer(api.PATCH("/api/me", { body: { settings } })));
  } catch (error) {
    toastError(error);
  }
}

const isDark = (): boolean => {
  const theme = meNow()?.person.settings.theme ?? "auto";
  return theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
};

const frameRows: readonly Command[] = [
  {
    id: "frame.palette",
    group: "go",
    title: () => i18next.t("command.palette"),
    icon: Search,
    keys: "mod+k",
    palette: false,
    run: () => openLayer("palette"),
  },
  {
    id: "frame.help",
    group: "view",
    title: () => i18next.t("command.help"),
    icon: Keyboard,
    keys: "mod+/",
    run: () => openLayer("help"),
  },
  {
    id: "frame.escape",
    group: "view",
    title: () => i18next.t("command.escape"),
    keys: "escape",
    palette: false,
  },
  {
    id: "frame.dark",
    group: "view",
    title: () => i18next.t("command.dark"),
    icon: Moon,
    may: () => !isDark(),
    run: () => void changeSettings({ theme: "dark" }),
  },
  {
    id: "frame.light",
    group: "view",
    title: () => i18next.t("command.light"),
    icon: Sun,
    may: isDark,
    run: () => void changeSettings({ theme: "light" }),
  },
  {
    id: "frame.new-org",
    group: "manage",
    title: () => i18next.t("command.new_org"),
    icon: Building2,
    run: () => openLayer("new-org"),
  },
  {
    id: "frame.sign-out",
    group: "manage",
    title: () => i18next.t("command.sign_out"),
    icon: LogOut,
    run: () => void signOut(),
  },
];

/** "Go to People" for each app. */
const goTo = (app: ClientApp): Command => ({
  id: `${app.name}.open`,
  group: "go",
  title: () => i18next.t("command.go_to", { app: app.title[currentLang()] }),
  icon: app.icon,
  may: () => mayOpen(app),
  run: () => navigate(app.path),
});

/** Whether the person on screen may see that app in the organisation on screen. */
function mayOpen(app: ClientApp): boolean {
  const org = orgNow();
  return org !== null && (app.may?.(org) ?? true);
}

/** The whole table: the frame's rows, a way to each app, and every app's own rows. */
export const tableOf = (apps: readonly ClientApp[]): Command[] => [
  ...frameRows,
  ...apps.map(goTo),
  ...apps.flatMap((app) => app.commands ?? []),
];

/** What Esc does: closes one layer, else what the page offers (marking the room read). */
export function escape(offered: (() => void) | undefined): void {
  if (!closeLayer()) offered?.();
}
