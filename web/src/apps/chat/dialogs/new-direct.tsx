/** Starts a direct talk: one click on a person. */
import { useMutation } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { navigate } from "wouter/use-browser-location";
import { useMyId } from "../../../core/rooms/hooks";
import { useOrg } from "../../../core/session";
import { Dialog } from "../../../core/ui/Dialog";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { SearchField } from "../../../core/ui/TextField";
import { openDirect } from "../actions";
import { AskedList } from "../finds/asked-list";
import { PersonRow, usePeople } from "./people-picker";
import css from "./people-picker.module.css";

export default function NewDirect({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("chat");
  const org = useOrg().id;
  const me = useMyId();
  const [words, setWords] = useState("");
  const asked = usePeople(useDeferredValue(words.trim()));
  const opening = useMutation({
    mutationFn: (person: string) => openDirect(org, person),
    onSuccess: (head) => {
      onClose();
      navigate(`/chat/${head.id}`);
    },
  });
  return (
    <Dialog open onClose={onClose} title={t("new.directTitle")}>
      <SearchField label={t("new.find")} value={words} onChange={setWords} autoFocus />
      <ErrorNote error={opening.error} />
      <div className={css.people}>
        <AskedList asked={asked} empty={<p className={css.none}>{t("new.noPeople")}</p>}>
          {(member) =>
            member.id === me ? null : (
              <PersonRow
                key={member.id}
                member={member}
                chosen={false}
                onPick={() => opening.mutate(member.id)}
              />
            )
          }
        </AskedList>
      </div>
    </Dialog>
  );
}
