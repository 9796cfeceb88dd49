/** Defines a command in a room or for the organisation, then shows its token, once. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { makeCommand } from "./actions";
import { isWhole, NEW_COMMAND } from "./asking";
import { COMMAND_FIELDS, CommandFields } from "./asking-fields";
import { NewAsking } from "./new-asking";

export function NewCommandDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("bots");
  const [draft, setDraft] = useState(NEW_COMMAND);
  return (
    <NewAsking
      title={t("command.new")}
      text={t("command.text")}
      whole={isWhole(draft)}
      shown={COMMAND_FIELDS}
      make={(room) => makeCommand(room, draft)}
      onClose={onClose}
    >
      {(error) => <CommandFields draft={draft} onChange={setDraft} error={error} />}
    </NewAsking>
  );
}
