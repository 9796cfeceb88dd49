/** Times and lists as people say them. */
import i18next from "i18next";
import { afterEach, beforeAll, expect, test } from "vitest";
import { listed } from "./lists";
import { ago } from "./time";

const NOW = Date.UTC(2026, 10, 22);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

beforeAll(() => i18next.init({ lng: "ko", resources: {} }));
afterEach(() => i18next.changeLanguage("ko"));

test.each([
  ["ko", "지금"],
  ["en", "now"],
  ["zh", "现在"],
])("less than a minute ago is now in %s", async (lang, words) => {
  await i18next.changeLanguage(lang);
  expect(ago(NOW - 20_000, NOW)).toBe(words);
});

test("a week that began a moment ago has seven days to go", () => {
  expect(ago(NOW + 7 * DAY - 1_000, NOW)).toBe("7일 후");
});

test("what is past counts whole units only", () => {
  expect(ago(NOW - 119 * MINUTE, NOW)).toBe("1시간 전");
});

test("Chinese sets its own comma between names", async () => {
  expect(listed(["본점", "매장운영"])).toBe("본점, 매장운영");
  await i18next.changeLanguage("zh");
  expect(listed(["东门店", "门店"])).toBe("东门店、门店");
});
