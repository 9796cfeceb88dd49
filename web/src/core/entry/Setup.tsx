/** First run: the link that the server printed makes the organisation and its first administrator. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { answer, api } from "../api";
import { Button } from "../ui/Button";
import { ErrorNote } from "../ui/ErrorNote";
import { TextField } from "../ui/TextField";
import { currentLang } from "../words";
import { arrive, takeToken } from "./arrive";
import { EntryForm, EntryPage } from "./EntryPage";
import { fieldError, NewcomerFields, NOBODY, otherError } from "./fields";

const FIELDS = ["org_name", "name", "email", "password"];

export default function Setup() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [token] = useState(takeToken);
  const [orgName, setOrgName] = useState("");
  const [owner, setOwner] = useState(NOBODY);
  const making = useMutation({
    mutationFn: () => {
      const body = { token, org_name: orgName, lang: currentLang(), ...owner };
      return answer(api.POST("/api/setup", { body }));
    },
    onSuccess(me) {
      arrive(me);
      go("/", { replace: true });
    },
  });
  if (token === "") return <EntryPage title={t("setup.no_token")} text={t("sign_in.setup")} />;
  return (
    <EntryPage title={t("setup.title")} text={t("setup.text")}>
      <EntryForm onSubmit={() => making.mutate()}>
        <TextField
          label={t("field.org_name")}
          hint={t("field.org_name_hint")}
          name="organization"
          autoComplete="organization"
          required
          autoFocus
          value={orgName}
          onChange={setOrgName}
          error={fieldError(making.error, "org_name")}
        />
        <NewcomerFields value={owner} onChange={setOwner} error={making.error} />
        <ErrorNote error={otherError(making.error, FIELDS)} />
        <Button look="primary" type="submit" wide busy={making.isPending}>
          {t("setup.go")}
        </Button>
      </EntryForm>
    </EntryPage>
  );
}
