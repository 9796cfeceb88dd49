/** Asks for a name and makes another organisation, which then stands on screen. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { answer, api, queryClient } from "../api";
import { chooseOrg, meQuery } from "../session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { ErrorNote } from "../ui/ErrorNote";
import { TextField } from "../ui/TextField";

const FORM = "new-org";

export default function NewOrg({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [name, setName] = useState("");
  const making = useMutation({
    mutationFn: () => answer(api.POST("/api/orgs", { body: { name: name.trim() } })),
    async onSuccess(org) {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      chooseOrg(org.id);
      onClose();
      go("/");
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("command.new_org")}
      text={t("new_org.text")}
      actions={
        <Button
          look="primary"
          type="submit"
          form={FORM}
          busy={making.isPending}
          disabled={!name.trim()}
        >
          {t("new_org.make")}
        </Button>
      }
    >
      <form
        id={FORM}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <TextField label={t("new_org.name")} value={name} onChange={setName} required autoFocus />
      </form>
      <ErrorNote error={making.error} />
    </Dialog>
  );
}
