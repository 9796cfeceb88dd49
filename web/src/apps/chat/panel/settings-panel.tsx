/** What a room is and who may do what in it; those who do not lead it can only read. */
import { useMutation } from "@tanstack/react-query";
import { Archive, LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { Button } from "../../../core/ui/Button";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { Select } from "../../../core/ui/Select";
import { Switch } from "../../../core/ui/Switch";
import { TextField } from "../../../core/ui/TextField";
import { toast, toastError } from "../../../core/ui/Toast";
import { changeRoom, type RoomChange } from "../actions";
import { ask } from "../asking";
import { mayManage, NAME_LIMIT, TOPIC_LIMIT } from "../rules";
import css from "./panel.module.css";

export function SettingsPanel({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const may = mayManage(head);
  return (
    <div className={css.column}>
      <Naming head={head} may={may} />
      <Rules head={head} may={may} />
      <div className={css.end}>
        {may && (
          <Button icon={Archive} onClick={() => ask({ kind: "archive", room: head.id })}>
            {t(head.archived ? "room.unarchive" : "room.archive")}
          </Button>
        )}
        <Button icon={LogOut} onClick={() => ask({ kind: "leave", room: head.id })}>
          {t("room.leave")}
        </Button>
      </div>
    </div>
  );
}

function Naming({ head, may }: { head: RoomHead; may: boolean }) {
  const { t } = useTranslation("chat");
  const [name, setName] = useState(head.name);
  const [topic, setTopic] = useState(head.topic);
  const saving = useMutation({
    mutationFn: () => changeRoom(head.id, { name: name.trim(), topic: topic.trim() }),
    onSuccess: () => toast(t("settings.saved")),
  });
  const changed = name.trim() !== head.name || topic.trim() !== head.topic;
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <TextField
        label={t("settings.name")}
        value={name}
        onChange={setName}
        disabled={!may}
        maxLength={NAME_LIMIT}
        required
      />
      <TextField
        label={t("settings.topic")}
        hint={t("settings.topicHint")}
        value={topic}
        onChange={setTopic}
        disabled={!may}
        maxLength={TOPIC_LIMIT}
      />
      <ErrorNote error={saving.error} />
      {may && (
        <Button
          type="submit"
          look="primary"
          busy={saving.isPending}
          disabled={!changed || name.trim() === ""}
        >
          {t("settings.save")}
        </Button>
      )}
    </form>
  );
}

function Rules({ head, may }: { head: RoomHead; may: boolean }) {
  const { t } = useTranslation("chat");
  const change = (fields: RoomChange) => void changeRoom(head.id, fields).catch(toastError);
  const options = [
    { value: "all", label: t("settings.all") },
    { value: "owners", label: t("settings.owners") },
  ] as const;
  return (
    <>
      <Switch
        label={t("settings.public")}
        hint={t("settings.publicHint")}
        checked={head.is_public}
        disabled={!may}
        onChange={(is_public) => change({ is_public })}
      />
      <Select
        label={t("settings.posting")}
        value={head.posting}
        options={options}
        disabled={!may}
        onChange={(posting) => change({ posting })}
      />
      <Select
        label={t("settings.mention")}
        value={head.mention_all}
        options={options}
        disabled={!may}
        onChange={(mention_all) => change({ mention_all })}
      />
    </>
  );
}
