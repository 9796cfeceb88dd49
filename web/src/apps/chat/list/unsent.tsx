/** My messages that wait, where the log that they belong to is not here: under what stands in its place. */
import type { ReactNode } from "react";
import { useOutgoing } from "../../../core/rooms/hooks";
import { OutRow } from "../message/out-row";
import css from "./unsent.module.css";

interface Props {
  room: string;
  thread: number | null;
  /** What stands in the place of the log. */
  children: ReactNode;
}

export function Unsent({ room, thread, children }: Props) {
  const outgoing = useOutgoing(room, thread);
  return (
    <div className={css.frame}>
      {children}
      {outgoing.map((item, index) => (
        <OutRow key={item.nonce} item={item} starts={index === 0} />
      ))}
    </div>
  );
}
