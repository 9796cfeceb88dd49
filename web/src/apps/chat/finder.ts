/** Rooms and direct talks for the palette; without a query, those that were last alive. */
import i18next from "i18next";
import { Hash, Lock } from "lucide-react";
import { navigate } from "wouter/use-browser-location";
import type { RoomHead } from "../../core/api";
import type { Finder, Found } from "../../core/app";
import { liveNow } from "../../core/rooms/live";

const SHOWN = 10;

export const findRooms: Finder = {
  id: "chat.rooms",
  title: () => i18next.t("chat:side.rooms"),
  async find(query, { org }) {
    const { bestFits } = await import("../../core/match");
    const live = liveNow();
    if (!live) return [];
    const recent = live.rooms
      .all()
      .filter((head) => head.org === org)
      .toSorted((a, b) => b.last_at - a.last_at);
    return bestFits(query, recent, (head) => head.name)
      .slice(0, SHOWN)
      .map(found);
  },
};

function found(head: RoomHead): Found {
  const about = {
    id: head.id,
    title: head.name,
    detail: head.topic,
    open: () => navigate(`/chat/${head.id}`),
  };
  if (head.direct && head.other) {
    const url = liveNow()?.people.get(head.org, head.other)?.avatar ?? null;
    return { ...about, avatar: { id: head.other, name: head.name, url } };
  }
  return { ...about, icon: head.is_public ? Hash : Lock };
}
