/** Colours and lengths stand in tokens.css alone. */
import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";

const sheets = globSync("src/**/*.css", { ignore: ["src/core/tokens.css"] });
const RAW_COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|\blight-dark\(/gi;
const PIXELS = /(?<![\w.-])(\d*\.?\d+)px\b/g;
const MOST_PX = 2;

const withoutComments = (css: string) => css.replaceAll(/\/\*[\s\S]*?\*\//g, "");

test.each(sheets)("%s takes its colours from tokens.css", (sheet) => {
  expect(withoutComments(readFileSync(sheet, "utf8")).match(RAW_COLOUR)).toBeNull();
});

test.each(sheets)("%s has no px above 2; use a --space or rem", (sheet) => {
  const found = [...withoutComments(readFileSync(sheet, "utf8")).matchAll(PIXELS)];
  expect(found.filter(([, size]) => Number(size) > MOST_PX).map(([text]) => text)).toEqual([]);
});

test.each(sheets)("%s stands in a layer", (sheet) => {
  expect(readFileSync(sheet, "utf8")).toContain("@layer components");
});
