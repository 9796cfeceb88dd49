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
import { NAME_LIMIT, TOPIC_LIMIT } from "../rules";
import { PeoplePicker } from "./people-picker";
import css from "./form.module.css";

export default function NewRoom({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation("chat");
  const form = useId();
  const org = useOrg().id;
  const [wish, setWish] = useState<Wish>({ name, topic: "", isPublic: false, people: [] });
  const making = useMutation({
    mutationFn: () =>
      makeRoom(org, {
        name: wish.name.trim(),
        topic: wish.topic.trim(),
        is_public: wish.isPublic,
        people: wish.people.map((member) => member.id),
      }),
    onSuccess: (head) => {
      onClose();
      navigate(`/chat/${head.id}`);
    },
  });
  const make = (
    <Button
      type="submit"
      form={form}
      look="primary"
      busy={making.isPending}
      disabled={wish.name.trim() === ""}
    >
      {t("new.make")}
    </Button>
  );
  return (
    <Dialog open onClose={onClose} title={t("new.roomTitle")} actions={make}>
      <form
        id={form}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <Fields wish={wish} onChange={(part) => setWish({ ...wish, ...part })} />
        <ErrorNote error={making.error} />
      </form>
    </Dialog>
  );
}

interface Wish {
  name: string;
  topic: string;
  isPublic: boolean;
  people: Member[];
}

function Fields({ wish, onChange }: { wish: Wish; onChange: (part: Partial<Wish>) => void }) {
  const { t } = useTranslation("chat");
  return (
    <>
      <TextField
        label={t("new.name")}
        placeholder={t("new.nameExample")}
        value={wish.name}
        onChange={(name) => onChange({ name })}
        maxLength={NAME_LIMIT}
        autoFocus
        required
      />
      <TextField
        label={t("new.topic")}
        value={wish.topic}
        onChange={(topic) => onChange({ topic })}
        maxLength={TOPIC_LIMIT}
      />
      <Switch
        label={t("settings.public")}
        hint={t("settings.publicHint")}
        checked={wish.isPublic}
        onChange={(isPublic) => onChange({ isPublic })}
      />
      <fieldset className={css.group}>
        <legend className={css.legend}>{t("new.people")}</legend>
        <PeoplePicker
          chosen={wish.people}
          onToggle={(member) => onChange({ people: toggled(wish.people, member) })}
        />
      </fieldset>
    </>
  );
}

/** The list with the member put in, or taken out if there. */
export function toggled(people: Member[], member: Member): Member[] {
  const rest = people.filter((one) => one.id !== member.id);
  return rest.length === people.length ? [...people, member] : rest;
}
