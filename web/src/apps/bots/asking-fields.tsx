/** The fields of a hook and of a command, for making and for changing them. */
import { useTranslation } from "react-i18next";
import type { Command } from "../../core/api";
import { fieldError } from "../../core/entry/fields";
import { useOrg } from "../../core/session";
import { Checkbox } from "../../core/ui/Checkbox";
import { Select } from "../../core/ui/Select";
import { TextArea, TextField } from "../../core/ui/TextField";
import { HOOK_ADDRESSES, type HookDraft } from "./asking";

interface Fields<T> {
  draft: T;
  onChange: (draft: T) => void;
  error: unknown;
}

export const HOOK_FIELDS = ["urls", "words"];
export const COMMAND_FIELDS = ["command", "url", "hint", "about"];

export function HookFields({ draft, onChange, error }: Fields<HookDraft>) {
  const { t } = useTranslation("bots");
  const put = (part: Partial<HookDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <TextArea
        label={t("hook.urls")}
        hint={t("hook.urls_hint", { most: HOOK_ADDRESSES })}
        rows={2}
        required
        value={draft.urls}
        onChange={(urls) => put({ urls })}
        error={fieldError(error, "urls")}
      />
      <TextArea
        label={t("hook.words")}
        hint={t("hook.words_hint")}
        rows={2}
        value={draft.words}
        onChange={(words) => put({ words })}
        error={fieldError(error, "words")}
      />
      <Select
        label={t("hook.match")}
        value={draft.match}
        onChange={(match) => put({ match })}
        options={[
          { value: "first", label: t("hook.first") },
          { value: "starts", label: t("hook.starts") },
        ]}
      />
      <Select
        label={t("hook.form")}
        value={draft.form}
        onChange={(form) => put({ form })}
        options={[
          { value: "form", label: t("hook.as_form") },
          { value: "json", label: t("hook.as_json") },
        ]}
      />
    </>
  );
}

export function CommandFields({ draft, onChange, error }: Fields<Command>) {
  const { t } = useTranslation("bots");
  const { role } = useOrg();
  const put = (part: Partial<Command>) => onChange({ ...draft, ...part });
  return (
    <>
      <TextField
        label={t("command.name")}
        hint={t("command.name_hint")}
        required
        value={draft.name}
        onChange={(name) => put({ name })}
        error={fieldError(error, "command")}
      />
      <TextField
        label={t("command.url")}
        type="url"
        required
        placeholder="https://"
        value={draft.url}
        onChange={(url) => put({ url })}
        error={fieldError(error, "url")}
      />
      <TextField
        label={t("command.hint")}
        hint={t("command.hint_hint")}
        value={draft.hint}
        onChange={(hint) => put({ hint })}
        error={fieldError(error, "hint")}
      />
      <TextField
        label={t("command.about")}
        value={draft.about}
        onChange={(about) => put({ about })}
        error={fieldError(error, "about")}
      />
      {(role === "owner" || role === "admin") && (
        <Checkbox
          label={t("command.everywhere")}
          hint={t("command.everywhere_hint")}
          checked={draft.everywhere}
          onChange={(everywhere) => put({ everywhere })}
        />
      )}
    </>
  );
}
