/** The three languages say the same things. */
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";

type Tree = { [key: string]: string | Tree };
const LANGS = ["ko", "en", "zh"];
const PLURAL = /_(one|other)$/;

const places = globSync(["src/core/words/ko.json", "src/apps/*/words/ko.json"]).map(dirname);
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Tree;

function leaves(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : leaves(value, `${prefix}${key}.`),
  );
}

/** Plural endings differ by language on purpose; the key before them does not. */
const keysOf = (file: string) =>
  [...new Set(leaves(read(file)).map(([key]) => key.replace(PLURAL, "")))].toSorted();
const blanks = (text: string) =>
  [...text.matchAll(/\{\{(\w+)/g)].map((found) => found[1]).toSorted();

test.each(places)("%s has the same keys in every language", (place) => {
  for (const lang of LANGS)
    expect(keysOf(`${place}/${lang}.json`)).toEqual(keysOf(`${place}/ko.json`));
});

test.each(places)("%s fills the same blanks in every language", (place) => {
  const korean = new Map(leaves(read(`${place}/ko.json`)));
  for (const lang of LANGS)
    for (const [key, text] of leaves(read(`${place}/${lang}.json`))) {
      const other =
        korean.get(key) ??
        korean.get(key.replace(PLURAL, "")) ??
        korean.get(key.replace(PLURAL, "_other"));
      expect([key, blanks(text)]).toEqual([key, blanks(other ?? "")]);
    }
});

test.each(places)("%s leaves no sentence empty", (place) => {
  const files = globSync(`${place}/*.json`);
  expect(files.map((file) => basename(file, ".json")).toSorted()).toEqual(LANGS.toSorted());
  for (const file of files)
    expect(leaves(read(file)).filter(([, text]) => text.trim() === "")).toEqual([]);
});
