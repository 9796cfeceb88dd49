/** What can be completed in a room: its commands, and who can be named: its members, and everybody or a department where the room allows it. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { useMyId } from "../../../core/rooms/hooks";
import { useKept } from "../../../core/ui/onDemand";
import { commandsOf } from "../asks";
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

export interface Query {
  sign: "@" | "/";
  query: string;
}

/** Who is known in the room; what fits is people or commands, by the sign that was typed. */
export function useTargets(head: RoomHead, begun: Query | null): Targets {
  const people = usePeople(head, begun?.sign === "@" ? begun.query : null);
  const commands = useCommands(head.id, begun?.sign === "/" ? begun.query : null);
  return begun?.sign === "/" ? { all: people.all, fitting: commands } : people;
}

const NONE: Target[] = [];

/** The commands that begin with or hold what was typed, those that begin with it first. */
function useCommands(room: string, query: string | null): Target[] {
  const { data } = useQuery({ ...commandsOf(room), enabled: query !== null });
  return useMemo(() => {
    if (query === null || !data) return NONE;
    const typed = query.toLowerCase();
    const found = data.items.filter((one) => one.name.includes(typed));
    const order = (name: string) => (name.startsWith(typed) ? 0 : 1);
    return found
      .toSorted((a, b) => order(a.name) - order(b.name))
      .slice(0, SHOWN)
      .map(({ name, hint, about }) => {
        const detail = [hint, about].filter(Boolean).join(" · ");
        return { kind: "command", id: name, name, detail, avatar: null };
      });
  }, [data, query]);
}

function usePeople(head: RoomHead, query: string | null): Targets {
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
