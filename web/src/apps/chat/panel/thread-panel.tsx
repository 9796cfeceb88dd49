/** A thread: its root, its replies, and a composer of its own. */
import { useEffect } from "react";
import type { RoomHead } from "../../../core/api";
import { useLive } from "../../../core/rooms/live";
import { Composer } from "../composer/composer";
import { ForMe } from "../for-me";
import { MessageList } from "../list/list";
import css from "./panel.module.css";

export function ThreadPanel({ head, root }: { head: RoomHead; root: number }) {
  const live = useLive();
  useEffect(() => {
    void live.log(head.id).openNewest(root);
  }, [live, head.id, root]);
  return (
    <div className={css.thread}>
      <MessageList room={head.id} thread={root} newFrom={null} target={null} begin={null} />
      <ForMe room={head.id} thread={root} />
      {!head.archived && <Composer head={head} thread={root} />}
    </div>
  );
}
