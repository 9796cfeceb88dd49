/** Puts a robot into a room, then shows its addresses, once. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RobotMade } from "../../core/api";
import { fieldError, otherError } from "../../core/entry/fields";
import { Button } from "../../core/ui/Button";
import { Dialog } from "../../core/ui/Dialog";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Select } from "../../core/ui/Select";
import { TextField } from "../../core/ui/TextField";
import { makeRobot } from "./actions";
import { MadeDialog } from "./made";
import { useRoomsToHold } from "./rooms";
import { NAME_LIMIT } from "./rules";
import css from "./bots.module.css";

const FORM = "new-robot";

export function NewRobotDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("bots");
  const [made, setMade] = useState<RobotMade | null>(null);
  if (!made) return <Ask onClose={onClose} onMade={setMade} />;
  const title = t("made.title", { name: made.robot.name });
  return <MadeDialog made={made} title={title} onClose={onClose} />;
}

function Ask({ onClose, onMade }: { onClose: () => void; onMade: (made: RobotMade) => void }) {
  const { t } = useTranslation("bots");
  const rooms = useRoomsToHold();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const room = chosen ?? rooms[0]?.id ?? "";
  const making = useMutation({
    mutationFn: () => makeRobot(room, name.trim()),
    onSuccess: onMade,
  });
  const submit = (
    <Button
      look="primary"
      type="submit"
      form={FORM}
      busy={making.isPending}
      disabled={name.trim() === "" || room === ""}
    >
      {t("new.make")}
    </Button>
  );
  return (
    <Dialog open onClose={onClose} title={t("new.title")} text={t("new.text")} actions={submit}>
      <form
        id={FORM}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <TextField
          label={t("name")}
          hint={t("new.name_hint")}
          required
          maxLength={NAME_LIMIT}
          value={name}
          onChange={setName}
          error={fieldError(making.error, "name")}
        />
        <Select
          label={t("new.room")}
          value={room}
          onChange={setChosen}
          options={rooms.map((head) => ({ value: head.id, label: head.name }))}
        />
        <ErrorNote error={otherError(making.error, ["name"])} />
      </form>
    </Dialog>
  );
}
