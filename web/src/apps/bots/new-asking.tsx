/** The frame of making a robot that calls others: its room, its fields, and then its token, once. */
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { otherError } from "../../core/entry/fields";
import { Button } from "../../core/ui/Button";
import { Dialog } from "../../core/ui/Dialog";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Select } from "../../core/ui/Select";
import { useRoomsToHold } from "./rooms";
import { TokenDialog } from "./token";
import css from "./bots.module.css";

const FORM = "new-asking";

interface Props {
  title: string;
  text: string;
  /** Whether everything that is needed has been written. */
  whole: boolean;
  /** Fields that show their own errors. */
  shown: readonly string[];
  make: (room: string) => Promise<{ token: string }>;
  children: (error: unknown) => ReactNode;
  onClose: () => void;
}

export function NewAsking({ title, text, whole, shown, make, children, onClose }: Props) {
  const { t } = useTranslation("bots");
  const rooms = useRoomsToHold();
  const [chosen, setChosen] = useState<string | null>(null);
  const room = chosen ?? rooms[0]?.id ?? "";
  const making = useMutation({ mutationFn: () => make(room) });
  if (making.data) return <TokenDialog token={making.data.token} onClose={onClose} />;
  const submit = (
    <Button
      look="primary"
      type="submit"
      form={FORM}
      busy={making.isPending}
      disabled={!whole || room === ""}
    >
      {t("new.make")}
    </Button>
  );
  return (
    <Dialog open onClose={onClose} title={title} text={text} actions={submit}>
      <form
        id={FORM}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        {children(making.error)}
        <Select
          label={t("new.room")}
          value={room}
          onChange={setChosen}
          options={rooms.map((head) => ({ value: head.id, label: head.name }))}
        />
        <ErrorNote error={otherError(making.error, shown)} />
      </form>
    </Dialog>
  );
}
