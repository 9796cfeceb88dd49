/** A card in a room: icon, title, two facts and at most two buttons; it leads to where the work is done. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Card as CardData, CardButton } from "../../../core/api";
import { Button } from "../../../core/ui/Button";
import css from "./card.module.css";

const SAFE = /^https?:/iu;
const FACTS = 2;
const BUTTONS = 2;

export function Card({ card }: { card: CardData }) {
  return (
    <article className={css.card}>
      <header className={css.head}>
        <span className={css.icon} aria-hidden>
          {card.icon}
        </span>
        <h3 className={css.title}>{card.title}</h3>
      </header>
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
      {card.buttons.some((button) => button.url !== null) && (
        <footer className={css.buttons}>
          {card.buttons.slice(0, BUTTONS).map((button) => (
            <OneButton key={button.id} button={button} />
          ))}
        </footer>
      )}
    </article>
  );
}

function OneButton({ button }: { button: CardButton }) {
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
