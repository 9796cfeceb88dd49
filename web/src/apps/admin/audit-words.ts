/** The audit log's verbs and details as words: names instead of ids wherever they are known here. */
import { useTranslation } from "react-i18next";
import type { AuditLine } from "../../core/api";
import { useDepartments } from "../../core/people/queries";
import { useVersion } from "../../core/rooms/hooks";
import { useLive } from "../../core/rooms/live";
import { useOrg } from "../../core/session";
import { listed } from "../../core/words/lists";

/** What is about people, by the id of each. */
const PERSON_FACTS = new Set(["people", "person", "to", "other", "sender"]);
const PERSON_VERBS = new Set([
  "orgs.add",
  "orgs.change_member",
  "orgs.deactivate",
  "orgs.reactivate",
]);

export interface Wording {
  /** A verb, a fact's name or a role in words; what we do not know yet stands as it is. */
  word(kind: "verb" | "fact" | "role", name: string): string;
  /** Undefined while it is looked up, or for nobody we know. */
  person(id: string): string | undefined;
  /** The name of a room or a department. */
  thing(id: string): string | undefined;
}

export function useWording(): Wording {
  const { t, i18n } = useTranslation(["admin", "core"]);
  const { people, rooms } = useLive();
  const org = useOrg().id;
  const departments = useDepartments(org);
  useVersion(people);
  useVersion(rooms);
  return {
    word(kind, name) {
      const space = kind === "role" ? "core" : "admin";
      const key: string = `${space}:${kind}.${name.replaceAll(".", "_")}`;
      return i18n.exists(key) ? t(key as "admin:audit.title") : name;
    },
    person: (id) => people.get(org, id)?.name,
    thing: (id) => rooms.get(id)?.name ?? departments.find((one) => one.id === id)?.name,
  };
}

/** Whom or what a change was about, and how it was changed as "name: value" pairs. */
export function detailOf(
  { verb, subject, detail }: Pick<AuditLine, "verb" | "subject" | "detail">,
  wording: Wording,
): string {
  const facts = Object.entries(detail).filter(([, value]) => value !== null && value !== "");
  const about = PERSON_VERBS.has(verb)
    ? wording.person(subject)
    : wording.thing(subject.split("/")[0] ?? "");
  const pairs = facts.map(
    ([name, value]) => `${wording.word("fact", name)}: ${valueOf(name, value, wording)}`,
  );
  return [about, ...pairs].filter(Boolean).join(" · ") || subject;
}

function valueOf(name: string, value: unknown, wording: Wording): string {
  if (Array.isArray(value)) return listed(value.map((one) => valueOf(name, one, wording)));
  if (typeof value !== "string") return JSON.stringify(value);
  if (name === "role") return wording.word("role", value);
  return (PERSON_FACTS.has(name) ? wording.person(value) : wording.thing(value)) ?? value;
}
