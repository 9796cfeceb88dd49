/** What the rail counts for the messenger: rooms that wait, strong when I am meant; and it watches for notifications. */
import { useEffect } from "react";
import { useSections } from "../../core/rooms/hooks";
import { useLive } from "../../core/rooms/live";
import { isWaiting, unreadOf } from "../../core/rooms/rooms";
import { useUnreadInTitle } from "../../core/shell/titles";
import { notifyOf } from "./notify";

export function useBadge(): { count: number; strong: boolean } {
  const live = useLive();
  const { starred, rooms, direct } = useSections();
  const waiting = [...starred, ...rooms, ...direct].filter(isWaiting);
  const count = waiting.length;
  const strong = waiting.some((head) => head.mentions > 0 || (head.direct && unreadOf(head) > 0));
  useUnreadInTitle("chat", count);
  useEffect(() => live.onMessage((message) => notifyOf(live, message)), [live]);
  return { count, strong };
}
