import { describe, expect, test } from "vitest";
import { bestFits, fit } from "./match";

describe("finding by a few letters", () => {
  test("initial consonants find a Korean word", () => {
    expect(fit("ㅈㄹㅅ", "진료실")).not.toBeNull();
  });
  test("initial consonants skip the space between words", () => {
    expect(fit("ㅇㄹㅈㄹ", "오래 진료")).not.toBeNull();
  });
  test("a syllable that is still being typed finds its word", () => {
    expect(fit("진ㄹ", "진료실")).not.toBeNull();
    expect(fit("지", "진료실")).not.toBeNull();
  });
  test("other consonants find nothing", () => {
    expect(fit("ㅎㄱ", "진료실")).toBeNull();
  });
  test("capital letters and decomposed Hangul make no difference", () => {
    expect(fit("SALES", "Sales team")).toBe(0);
    expect(fit("진료".normalize("NFD"), "진료실")).toBe(0);
  });
  test("Chinese is found by its own characters", () => {
    expect(fit("会议", "部门会议")).not.toBeNull();
  });
  test("the start of a name comes before its middle", () => {
    expect(bestFits("an", ["Susan", "Anna", "Mi An"], (name) => name)).toEqual([
      "Anna",
      "Mi An",
      "Susan",
    ]);
  });
});
