/** The door that people come in by: the mark, one question, the choice of language. */
import { useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Lang } from "../api";
import { useTitle } from "../shell/titles";
import { classes } from "../ui/classes";
import { currentLang, LANGS, speak } from "../words";
import { Mark } from "./Mark";
import css from "./EntryPage.module.css";

const OWN_NAMES: Record<Lang, string> = { ko: "한국어", en: "English", zh: "中文" };

export function EntryPage({
  title,
  text,
  children,
}: {
  title: string;
  text?: ReactNode;
  children?: ReactNode;
}) {
  useTitle(title);
  return (
    <div className={css.page}>
      <main className={css.card}>
        <div className={css.brand}>
          <Mark />
        </div>
        <h1 className={css.title}>{title}</h1>
        {text && <p className={css.text}>{text}</p>}
        {children}
      </main>
      <Languages />
    </div>
  );
}

/** A form in the door: its fields one under another, and nothing sent twice. */
export function EntryForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={css.form} onSubmit={submit}>
      {children}
    </form>
  );
}

function Languages() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(currentLang);
  const choose = async (lang: Lang) => {
    await speak(lang);
    setChosen(lang);
  };
  return (
    <div className={css.languages} role="group" aria-label={t("language")}>
      {LANGS.map((lang) => (
        <button
          key={lang}
          type="button"
          lang={lang}
          aria-pressed={lang === chosen}
          className={classes(css.language, lang === chosen && css.chosen)}
          onClick={() => void choose(lang)}
        >
          {OWN_NAMES[lang]}
        </button>
      ))}
    </div>
  );
}
