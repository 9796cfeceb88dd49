/** Adds people to a room. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../core/api";
import { Button } from "../../../core/ui/Button";
import { Dialog } from "../../../core/ui/Dialog";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { addMembers } from "../actions";
import { useMembers } from "../members";
import { toggled } from "./new-room";
import { PeoplePicker } from "./people-picker";

export default function AddMembers({ room, onClose }: { room: string; onClose: () => void }) {
  const { t } = useTranslation("chat");
  const [people, setPeople] = useState<Member[]>([]);
  const { members } = useMembers(room, "");
  const adding = useMutation({
    mutationFn: () =>
      addMembers(
        room,
        people.map((member) => member.id),
      ),
    onSuccess: onClose,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("new.addTitle")}
      actions={
        <Button
          look="primary"
          busy={adding.isPending}
          disabled={people.length === 0}
          onClick={() => adding.mutate()}
        >
          {t("new.add", { count: people.length })}
        </Button>
      }
    >
      <PeoplePicker
        chosen={people}
        onToggle={(member) => setPeople(toggled(people, member))}
        without={new Set(members.map((member) => member.person))}
      />
      <ErrorNote error={adding.error} />
    </Dialog>
  );
}
