/** The way back to the newest message, with what has come since. */
import { ArrowDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHead, useLog } from "../../../core/rooms/hooks";
import { unreadOf } from "../../../core/rooms/rooms";
import type { Scroller } from "./scrolling";
import css from "./jump-button.module.css";

export function JumpButton({ scroller }: { scroller: Scroller }) {
  const { t } = useTranslation("chat");
  const { list, room, thread } = scroller;
  const log = useLog(room);
  const head = useHead(room);
  const count = head && thread === null ? unreadOf(head) : 0;
  const jump = async () => {
    await log.openNewest(thread);
    requestAnimationFrame(() => list.scrollToEnd());
  };
  return (
    <button type="button" className={css.jump} onClick={() => void jump()}>
      <ArrowDown className={css.icon} aria-hidden />
      {count > 0 ? t("list.newCount", { count }) : t("list.newest")}
    </button>
  );
}
