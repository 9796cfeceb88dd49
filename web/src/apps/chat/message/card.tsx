/** A card in a room: icon, title, two facts and at most two buttons; it leads to where the work is done, or calls its app. */
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Card as CardData, CardButton, Message } from "../../../core/api";
import { late } from "../../../core/fetched";
import { Button } from "../../../core/ui/Button";
import css from "./card.module.css";

const Presses = late(() => import("./presses"));

const SAFE = /^https?:/iu;
const FACTS = 2;
const BUTTONS = 2;

/** Whether something on it calls its app. */
const calls = (card: CardData): boolean =>
  card.choices.length > 0 || [...card.buttons, ...card.more].some((button) => button.url === null);

export function Card({
  card,
  message,
  thread,
}: {
  card: CardData;
  message: Message;
  thread: number | null;
}) {
  const links = card.buttons.slice(0, BUTTONS);
  return (
    <article className={css.card}>
      {card.title && (
        <header className={css.head}>
          <span className={css.icon} aria-hidden>
            {card.icon}
          </span>
          <h3 className={css.title}>{card.title}</h3>
        </header>
      )}
      {card.facts.length > 0 && (
        <dl className={css.facts}>
          {card.facts.slice(0, FACTS).map((fact) => (
            <div key={fact.label} className={css.fact}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {calls(card) ? (
        <Suspense fallback={<footer className={css.buttons} aria-busy />}>
          <Presses card={card} message={message} thread={thread} />
        </Suspense>
      ) : (
        links.length > 0 && (
          <footer className={css.buttons}>
            {links.map((button) => (
              <LinkButton key={button.id} button={button} />
            ))}
          </footer>
        )
      )}
    </article>
  );
}

/** A button that opens an address; nothing for one that may not be opened. */
export function LinkButton({ button }: { button: CardButton }) {
  const { t } = useTranslation("chat");
  const { url, label, kind } = button;
  if (url === null) return null;
  if (url.startsWith("/") && !url.startsWith("//")) {
    return (
      <Button small look={kind} render={<Link href={url} />}>
        {label}
      </Button>
    );
  }
  if (!SAFE.test(url)) return null;
  return (
    <Button
      small
      look={kind}
      render={
        <a href={url} target="_blank" rel="noopener noreferrer nofollow" title={t("new.open")}>
          {label}
        </a>
      }
    />
  );
}
