/** Words in three languages: i18next with one namespace per app, each file fetched when first needed. */
import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Lang } from "../api";
import type { ClientApp } from "../app";
import { fetched } from "../fetched";

export const LANGS: readonly Lang[] = ["ko", "en", "zh"];
const KEPT_LANG = "narae.lang";
const coreWords = import.meta.glob("./*.json");

/** The language of an IETF tag such as "zh-Hans-CN", if it is one of ours. */
export function langOf(tag: string | null): Lang | null {
  return LANGS.find((lang) => tag?.toLowerCase().split("-")[0] === lang) ?? null;
}

/** Kept choice first, then the browser's wishes in their order, then English. */
export function firstLang(): Lang {
  const wishes = [localStorage.getItem(KEPT_LANG), ...navigator.languages];
  return wishes.map(langOf).find((lang) => lang !== null) ?? "en";
}

function wordFiles(apps: readonly ClientApp[]): BackendModule {
  const own = new Map(apps.map((app) => [app.name, app.words]));
  return {
    type: "backend",
    init: () => undefined,
    async read(lang: string, namespace: string) {
      const load =
        namespace === "core"
          ? coreWords[`./${lang}.json`]
          : own.get(namespace)?.[`./words/${lang}.json`];
      if (!load) throw new Error(`No words for ${namespace} in ${lang}`);
      return ((await fetched(load)) as { default: object }).default as Record<string, string>;
    },
  };
}

/** Loads the words of the frame and of all apps in the first language. */
export async function startWords(apps: readonly ClientApp[]): Promise<void> {
  const lang = firstLang();
  document.documentElement.lang = lang;
  await i18next
    .use(wordFiles(apps))
    .use(initReactI18next)
    .init({
      lng: lang,
      fallbackLng: false,
      supportedLngs: [...LANGS],
      load: "languageOnly",
      ns: ["core"],
      defaultNS: "core",
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Fetches the words of apps that are not on screen yet, so that their commands can be listed. */
export async function loadRest(apps: readonly ClientApp[]): Promise<void> {
  await i18next.loadNamespaces(apps.map((app) => app.name));
}

/** Changes the language of the page and keeps it for the sign-in page of this browser. */
export async function speak(lang: Lang): Promise<void> {
  localStorage.setItem(KEPT_LANG, lang);
  document.documentElement.lang = lang;
  if (i18next.language !== lang) await i18next.changeLanguage(lang);
}

export function currentLang(): Lang {
  return langOf(i18next.language ?? null) ?? "en";
}
