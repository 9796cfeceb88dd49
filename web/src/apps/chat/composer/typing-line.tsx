/** Who is writing right now, in one quiet line that keeps its height. */
import { useTranslation } from "react-i18next";
import { useMyId, useNames, useTyping } from "../../../core/rooms/hooks";
import css from "./typing-line.module.css";

export function TypingLine({ room, thread }: { room: string; thread: number | null }) {
  const { t } = useTranslation("chat");
  const nameOf = useNames();
  const me = useMyId();
  const people = useTyping(room, thread).filter((person) => person !== me);
  const [a, b] = people.map(nameOf);
  let words = "";
  if (people.length === 1) words = t("compose.typingOne", { name: a });
  if (people.length === 2) words = t("compose.typingTwo", { a, b });
  if (people.length > 2) words = t("compose.typingMany");
  return <p className={css.line}>{words}</p>;
}
