/** Who can be named in a room: its members, and everybody or a department where the room allows it. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { useMyId } from "../../../core/rooms/hooks";
import { useKept } from "../../../core/ui/onDemand";
import { nameFinding } from "../later";
import { useDepartments, useMembers } from "../members";
import { mayMentionAll } from "../rules";
import type { Target } from "./mentions";

const SHOWN = 8;

export interface Targets {
  /** Everybody who is known so far, to find names in a text. */
  all: Target[];
  /** Those that fit what was typed. */
  fitting: Target[];
}

export function useTargets(head: RoomHead, query: string | null): Targets {
  const { t } = useTranslation("chat");
  const me = useMyId();
  const open = query !== null;
  const wide = mayMentionAll(head);
  const whole = useMembers(head.id, "");
  const large = whole.hasNextPage;
  const found = useMembers(head.id, large && open ? query : "");
  const departments = useDepartments(wide && open);
  const everybody = t("compose.allName");
  const detail = t("compose.allDetail");
  const bestFits = useKept(nameFinding, open)?.bestFits;
  return useMemo(() => {
    const members = [...whole.members, ...found.members].filter((member) => member.person !== me);
    const unique = [...new Map(members.map((member) => [member.person, member])).values()];
    const people = unique.map((member): Target => ({
      kind: "person",
      id: member.person,
      name: member.name,
      detail: member.title,
      avatar: member.avatar,
    }));
    const groups = departments.map(({ id, name, people: count }): Target => ({
      kind: "department",
      id,
      name,
      detail: String(count),
      avatar: null,
    }));
    const room: Target = { kind: "all", id: "all", name: everybody, detail, avatar: null };
    const all = wide ? [...people, room, ...groups] : people;
    return {
      all,
      fitting: (open && bestFits?.(query, all, (target) => target.name).slice(0, SHOWN)) || [],
    };
  }, [
    whole.members,
    found.members,
    departments,
    everybody,
    detail,
    wide,
    open,
    query,
    me,
    bestFits,
  ]);
}
