/** Puts an outgoing hook into a room, then shows its token, once. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../core/entry/fields";
import { TextField } from "../../core/ui/TextField";
import { makeHook } from "./actions";
import { hookOf, NEW_HOOK } from "./asking";
import { HOOK_FIELDS, HookFields } from "./asking-fields";
import { NewAsking } from "./new-asking";
import { NAME_LIMIT } from "./rules";

export function NewHookDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("bots");
  const [name, setName] = useState("");
  const [draft, setDraft] = useState(NEW_HOOK);
  const hook = hookOf(draft);
  return (
    <NewAsking
      title={t("hook.new")}
      text={t("hook.text")}
      whole={name.trim() !== "" && hook !== null}
      shown={["name", ...HOOK_FIELDS]}
      make={(room) => makeHook(room, name.trim(), hook!)}
      onClose={onClose}
    >
      {(error) => (
        <>
          <TextField
            label={t("name")}
            hint={t("hook.name_hint")}
            required
            maxLength={NAME_LIMIT}
            value={name}
            onChange={setName}
            error={fieldError(error, "name")}
          />
          <HookFields draft={draft} onChange={setDraft} error={error} />
        </>
      )}
    </NewAsking>
  );
}
