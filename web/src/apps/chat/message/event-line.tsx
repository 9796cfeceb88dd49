/** What happened to the room, as a quiet sentence between the messages. */
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Message, RoomEvent } from "../../../core/api";
import { useNames } from "../../../core/rooms/hooks";
import { listed } from "../../../core/words/lists";
import css from "./event-line.module.css";

const NAMED = 5;

export function EventLine({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const nameOf = useNames();
  if (!message.event) return null;
  return <p className={css.line}>{sentence(t, message.event, message.sender, nameOf)}</p>;
}

function sentence(
  t: TFunction<"chat">,
  event: RoomEvent,
  sender: string | null,
  nameOf: (id: string) => string,
): string {
  const who = sender === null ? t("message.gone") : nameOf(sender);
  const people = namesOf(t, event.people, nameOf) || who;
  const { text, verb } = event;
  const joinedAlone = verb === "added" && event.people.every((id) => id === sender);
  if (joinedAlone) return t("event.joined", { people });
  if (verb === "topic" && text === "") return t("event.topicCleared", { who });
  return t(`event.${verb}`, { who, people, text });
}

function namesOf(t: TFunction<"chat">, people: string[], nameOf: (id: string) => string): string {
  const shown = listed(people.slice(0, NAMED).map(nameOf));
  if (people.length <= NAMED) return shown;
  return `${shown} ${t("event.more", { count: people.length - NAMED })}`;
}
