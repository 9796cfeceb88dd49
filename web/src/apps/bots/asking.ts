/** Hooks and commands as forms hold them and as the server takes them. */
import type { Command, Hook } from "../../core/api";
import { linesOf } from "./rules";

export const HOOK_ADDRESSES = 5;

/** A hook with its lists as text, one entry a line. */
export interface HookDraft {
  urls: string;
  words: string;
  match: "first" | "starts";
  form: Hook["form"];
}

export const NEW_HOOK: HookDraft = { urls: "", words: "", match: "first", form: "form" };
export const NEW_COMMAND: Command = { name: "", url: "", hint: "", about: "", everywhere: false };

export const draftOfHook = (hook: Hook): HookDraft => ({
  urls: hook.urls.join("\n"),
  words: hook.words.join("\n"),
  match: hook.starts ? "starts" : "first",
  form: hook.form,
});

/** What to ask of the server; null while there is nobody to tell. */
export function hookOf(draft: HookDraft): Hook | null {
  const urls = linesOf(draft.urls);
  if (urls.length === 0) return null;
  return {
    urls,
    words: linesOf(draft.words),
    starts: draft.match === "starts",
    form: draft.form,
  };
}

export const isWhole = (command: Command): boolean =>
  command.name.trim() !== "" && command.url.trim() !== "";
