/** The message that is being answered, in one line that leads to it. */
import { CornerDownRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Quote } from "../../../core/api";
import { usePerson } from "../../../core/rooms/hooks";
import css from "./quote.module.css";

export function QuoteLine({ quote, room }: { quote: Quote; room: string }) {
  const { t } = useTranslation("chat");
  const person = usePerson(quote.sender);
  return (
    <Link href={`/chat/${room}/${quote.seq}`} className={css.line}>
      <CornerDownRight className={css.icon} aria-hidden />
      <span className={css.name}>{person?.name ?? t("message.gone")}</span>
      <span className={css.words}>{quote.excerpt || t("message.recalled")}</span>
    </Link>
  );
}
