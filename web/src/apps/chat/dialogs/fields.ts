/** What is filled into a robot's dialog, and whether it fits; the server looks again. */
import type { DialogElement } from "../../../core/api";

/** A code of ours, or the receiver's own sentence. */
export type Fault = string;

export function valuesOf(elements: readonly DialogElement[]): Record<string, string> {
  return Object.fromEntries(elements.map((one) => [one.name, startOf(one)]));
}

function startOf(one: DialogElement): string {
  if (one.type === "bool") return one.default === "true" ? "true" : "false";
  return one.default;
}

/** For each field that does not fit, why. */
export function whyNot(
  elements: readonly DialogElement[],
  values: Record<string, string>,
): Record<string, Fault> {
  const found = elements.map((one) => [one.name, faultOf(one, values[one.name] ?? "")] as const);
  return Object.fromEntries(found.filter((pair): pair is [string, Fault] => pair[1] !== null));
}

function faultOf(one: DialogElement, value: string): Fault | null {
  if (one.type === "bool") return null;
  if (value.trim() === "") return one.optional ? null : "needed";
  const length = [...value].length;
  if (one.options.length > 0) return null;
  if (length < one.min_length) return "too_short";
  if (length > one.max_length) return "too_long";
  const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/u.test(value.trim());
  return one.subtype === "number" && one.type === "text" && !isNumber ? "not_number" : null;
}
