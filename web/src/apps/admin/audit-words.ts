/** The audit log's verbs and details as words. */
import { useTranslation } from "react-i18next";
import type { AuditLine } from "../../core/api";
import type ko from "./words/ko.json";

type Known = keyof typeof ko.verb;

/** "people.sign_in" as a sentence; a verb that we do not know yet stands as it is. */
export function useVerb(): (verb: string) => string {
  const { t, i18n } = useTranslation("admin");
  return (verb) => {
    const key = verb.replaceAll(".", "_");
    return i18n.exists(`admin:verb.${key}`) ? t(`verb.${key as Known}`) : verb;
  };
}

const asText = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** What changed, as "name: value" pairs, else whom or what it was about. */
export function detailOf({ detail, subject }: Pick<AuditLine, "detail" | "subject">): string {
  const facts = Object.entries(detail).filter(([, value]) => value !== null && value !== "");
  if (facts.length === 0) return subject;
  return facts.map(([name, value]) => `${name}: ${asText(value)}`).join(" · ");
}
