/** The emoji picker: recent ones first, then by group, found by their names in three languages. */
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { bestFits } from "../../../core/match";
import { SearchField } from "../../../core/ui/TextField";
import { currentLang } from "../../../core/words";
import data from "./emoji.json";
import css from "./picker.module.css";

type Group = keyof typeof data;
interface Emoji {
  emoji: string;
  names: string[];
}

const COLUMNS = 8;
const RECENT = 16;
const KEPT = "narae.emoji";
const LANGS = ["ko", "en", "zh"];
const groups = Object.entries(data).map(([group, rows]) => ({
  group: group as Group,
  items: rows.map(([emoji = "", ...names]): Emoji => ({ emoji, names })),
}));
const all = groups.flatMap(({ items }) => items);

function recent(): Emoji[] {
  const kept = (localStorage.getItem(KEPT) ?? "").split(" ");
  return kept.flatMap((emoji) => all.find((item) => item.emoji === emoji) ?? []);
}

function keepRecent(emoji: string): void {
  const kept = recent().map((item) => item.emoji);
  const next = [emoji, ...kept.filter((one) => one !== emoji)].slice(0, RECENT);
  localStorage.setItem(KEPT, next.join(" "));
}

export default function Picker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation("chat");
  const [words, setWords] = useState("");
  const [used] = useState(recent);
  const query = words.trim();
  const found = query === "" ? [] : bestFits(query, all, (item) => item.names.join(" "));
  const pick = (emoji: string) => {
    keepRecent(emoji);
    onPick(emoji);
  };
  return (
    <div className={css.picker}>
      <SearchField label={t("emoji.find")} value={words} onChange={setWords} autoFocus />
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons */}
      <div className={css.scroll} onKeyDown={walk}>
        {query !== "" && found.length === 0 && <p className={css.none}>{t("emoji.none")}</p>}
        {query !== "" && <Grid items={found} onPick={pick} />}
        {query === "" && used.length > 0 && (
          <Grid title={t("emoji.recent")} items={used} onPick={pick} />
        )}
        {query === "" &&
          groups.map(({ group, items }) => (
            <Grid key={group} title={t(`emoji.${group}`)} items={items} onPick={pick} />
          ))}
      </div>
    </div>
  );
}

interface GridProps {
  title?: string;
  items: Emoji[];
  onPick: (emoji: string) => void;
}

function Grid({ title, items, onPick }: GridProps) {
  const place = LANGS.indexOf(currentLang());
  return (
    <section>
      {title && <h3 className={css.title}>{title}</h3>}
      <div className={css.grid}>
        {items.map(({ emoji, names }) => (
          <button
            key={emoji}
            type="button"
            className={css.one}
            title={names[place] ?? ""}
            aria-label={names[place] ?? emoji}
            onClick={() => onPick(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
    </section>
  );
}

const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
};

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const next = buttons[buttons.indexOf(event.target as HTMLButtonElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
