/** Names one after another, as the language of the page puts them. */
import { currentLang } from "./index";

export function listed(names: readonly string[]): string {
  return names.join(currentLang() === "zh" ? "、" : ", ");
}
