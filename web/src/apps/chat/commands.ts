/** The messenger's rows of the one table of commands. */
import i18next from "i18next";
import {
  AtSign,
  Bell,
  MessageSquarePlus,
  MessagesSquare,
  Plus,
  Search,
  UserPlus,
} from "lucide-react";
import { navigate } from "wouter/use-browser-location";
import type { Command } from "../../core/commands";
import { liveNow } from "../../core/rooms/live";
import { isWaiting } from "../../core/rooms/rooms";
import { orgNow } from "../../core/session";
import { ask } from "./asking";
import { mayAsk } from "./notify";

/** Goes up or down the list of rooms, as the sidebar shows it. */
function step(by: 1 | -1, waitingOnly: boolean): void {
  const org = orgNow();
  const live = liveNow();
  if (!org || !live) return;
  const { starred, rooms, direct } = live.rooms.sections(org.id);
  const here = location.pathname.split("/")[2];
  const all = [...starred, ...rooms, ...direct];
  const listed = all.filter((head) => !waitingOnly || head.id === here || isWaiting(head));
  if (listed.length === 0) return;
  const at = listed.findIndex((head) => head.id === here);
  const start = at < 0 && by < 0 ? 0 : at;
  const next = listed[(start + by + listed.length) % listed.length]!;
  navigate(`/chat/${next.id}`);
}

export const commands: readonly Command[] = [
  {
    id: "chat.next",
    group: "go",
    title: () => i18next.t("chat:act.nextRoom"),
    keys: "alt+arrowdown",
    run: () => step(1, false),
  },
  {
    id: "chat.previous",
    group: "go",
    title: () => i18next.t("chat:act.previousRoom"),
    keys: "alt+arrowup",
    run: () => step(-1, false),
  },
  {
    id: "chat.next-unread",
    group: "go",
    title: () => i18next.t("chat:act.nextUnread"),
    keys: "alt+shift+arrowdown",
    run: () => step(1, true),
  },
  {
    id: "chat.previous-unread",
    group: "go",
    title: () => i18next.t("chat:act.previousUnread"),
    keys: "alt+shift+arrowup",
    run: () => step(-1, true),
  },
  {
    id: "chat.mentions",
    group: "go",
    title: () => i18next.t("chat:mentions.title"),
    icon: AtSign,
    run: () => navigate("/chat/mentions"),
  },
  {
    id: "chat.threads",
    group: "go",
    title: () => i18next.t("chat:threads.title"),
    icon: MessagesSquare,
    run: () => navigate("/chat/threads"),
  },
  {
    id: "chat.search",
    group: "go",
    title: () => i18next.t("chat:search.title"),
    icon: Search,
    keys: "mod+shift+f",
    run: () => navigate("/chat/search"),
  },
  {
    id: "chat.new-room",
    group: "write",
    title: () => i18next.t("chat:side.newRoom"),
    icon: Plus,
    run: () => ask({ kind: "new-room" }),
  },
  {
    id: "chat.join-room",
    group: "go",
    title: () => i18next.t("chat:side.joinRoom"),
    icon: MessageSquarePlus,
    run: () => ask({ kind: "join-room" }),
  },
  {
    id: "chat.new-direct",
    group: "write",
    title: () => i18next.t("chat:side.newDirect"),
    icon: UserPlus,
    run: () => ask({ kind: "new-direct" }),
  },
  {
    id: "chat.notify",
    group: "manage",
    title: () => i18next.t("chat:act.notify"),
    icon: Bell,
    may: mayAsk,
    run: () => void Notification.requestPermission(),
  },
  {
    id: "chat.reply",
    group: "write",
    title: () => i18next.t("chat:act.reply"),
    keys: "r",
    palette: false,
  },
  {
    id: "chat.react",
    group: "write",
    title: () => i18next.t("chat:act.react"),
    keys: "e",
    palette: false,
  },
];
