import { afterEach, expect, test, vi } from "vitest";
import { firstLang, langOf } from ".";

afterEach(() => vi.unstubAllGlobals());

test("a language tag with a region or a script is one of our three", () => {
  expect(["ko-KR", "zh-Hans-CN", "EN-gb", "fr", null].map(langOf)).toEqual([
    "ko",
    "zh",
    "en",
    null,
    null,
  ]);
});

test("a kept choice comes before the browser's wishes, and English last", () => {
  vi.stubGlobal("navigator", { languages: ["fr-FR", "zh-CN"] });
  expect(firstLang()).toBe("zh");
  localStorage.setItem("narae.lang", "ko");
  expect(firstLang()).toBe("ko");
  localStorage.clear();
  vi.stubGlobal("navigator", { languages: ["fr-FR"] });
  expect(firstLang()).toBe("en");
});
