/** A one-time sign-in link: asks before it is used up, so that a preview of the link spends nothing. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { answer, api } from "../api";
import { Button } from "../ui/Button";
import { ErrorNote } from "../ui/ErrorNote";
import { arrive, takeToken } from "./arrive";
import { EntryForm, EntryPage } from "./EntryPage";

export default function Enter() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [token] = useState(takeToken);
  const entering = useMutation({
    mutationFn: () => answer(api.POST("/api/sign-in/link", { body: { token } })),
    onSuccess(me) {
      arrive(me);
      go("/", { replace: true });
    },
  });
  if (token === "")
    return (
      <EntryPage title={t("enter.no_token")} text={t("enter.no_token_text")}>
        <Button look="primary" render={<Link href="/sign-in" />}>
          {t("enter.by_password")}
        </Button>
      </EntryPage>
    );
  return (
    <EntryPage title={t("enter.title")} text={t("enter.text")}>
      <EntryForm onSubmit={() => entering.mutate()}>
        <ErrorNote error={entering.error} />
        <Button look="primary" type="submit" wide busy={entering.isPending} autoFocus>
          {t("sign_in.go")}
        </Button>
        {entering.error && (
          <Button wide render={<Link href="/sign-in" />}>
            {t("enter.by_password")}
          </Button>
        )}
      </EntryForm>
    </EntryPage>
  );
}
