/** Makes a room: a name is enough; topic, people and whether everybody may find it can be said at once. */
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { navigate } from "wouter/use-browser-location";
import type { Member } from "../../../core/api";
import { useOrg } from "../../../core/session";
import { Button } from "../../../core/ui/Button";
import { Dialog } from "../../../core/ui/Dialog";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { Switch } from "../../../core/ui/Switch";
import { TextField } from "../../../core/ui/TextField";
import { makeRoom } from "../actions";
import { PeoplePicker } from "./people-picker";
import css from "./form.module.css";

export default function NewRoom({ name: first, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation("chat");
  const form = useId();
  const org = useOrg().id;
  const [name, setName] = useState(first);
  const [topic, setTopic] = useState("");
  const [isPublic, setPublic] = useState(false);
  const [people, setPeople] = useState<Member[]>([]);
  const making = useMutation({
    mutationFn: () =>
      makeRoom(org, {
        name: name.trim(),
        topic: topic.trim(),
        is_public: isPublic,
        people: people.map((member) => member.id),
      }),
    onSuccess: (head) => {
      onClose();
      navigate(`/chat/${head.id}`);
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("new.roomTitle")}
      actions={
        <Button
          type="submit"
          form={form}
          look="primary"
          busy={making.isPending}
          disabled={name.trim() === ""}
        >
          {t("new.make")}
        </Button>
      }
    >
      <form
        id={form}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <TextField
          label={t("new.name")}
          placeholder={t("new.nameExample")}
          value={name}
          onChange={setName}
          maxLength={80}
          autoFocus
          required
        />
        <TextField label={t("new.topic")} value={topic} onChange={setTopic} maxLength={250} />
        <Switch
          label={t("settings.public")}
          hint={t("settings.publicHint")}
          checked={isPublic}
          onChange={setPublic}
        />
        <fieldset className={css.group}>
          <legend className={css.legend}>{t("new.people")}</legend>
          <PeoplePicker chosen={people} onToggle={(member) => setPeople(toggled(people, member))} />
        </fieldset>
        <ErrorNote error={making.error} />
      </form>
    </Dialog>
  );
}

/** The list with the member put in, or taken out if there. */
export function toggled(people: Member[], member: Member): Member[] {
  const rest = people.filter((one) => one.id !== member.id);
  return rest.length === people.length ? [...people, member] : rest;
}
