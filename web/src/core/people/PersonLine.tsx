/** A person in one line: face, name, and a second line of what they do. */
import type { ReactNode } from "react";
import type { Member } from "../api";
import { usePresence } from "../rooms/hooks";
import { Avatar } from "../ui/Avatar";
import css from "./PersonLine.module.css";

export function PersonLine({
  member,
  detail,
  marks,
}: {
  member: Member;
  detail: string;
  /** After the name. */
  marks?: ReactNode;
}) {
  const presence = usePresence(member.active ? member.id : null);
  return (
    <span className={css.person}>
      <Avatar id={member.id} name={member.name} url={member.avatar} presence={presence} />
      <span className={css.words}>
        <span className={css.name}>
          <span className={css.full}>{member.name}</span>
          {marks}
        </span>
        {detail && <span className={css.detail}>{detail}</span>}
      </span>
    </span>
  );
}
