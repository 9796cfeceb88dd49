/** Changing my password. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../core/api";
import { fieldError, otherError, PASSWORD_MIN } from "../../core/entry/fields";
import { useMe } from "../../core/session";
import { Button } from "../../core/ui/Button";
import { Card, FormEnd } from "../../core/ui/Card";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { TextField } from "../../core/ui/TextField";
import { toast } from "../../core/ui/Toast";
import css from "./profile.module.css";

const FIELDS = ["old", "new", "password"];

export function Password() {
  const { t } = useTranslation(["settings", "core"]);
  const { person } = useMe();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const changing = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/me/password", { body: { old: old || null, new: fresh } })),
    onSuccess() {
      setOld("");
      setFresh("");
      toast(t("password.changed"));
    },
  });
  return (
    <Card text={t("password.text")} title={t("password.title")}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          changing.mutate();
        }}
      >
        <input type="hidden" autoComplete="username" value={person.email ?? ""} />
        <TextField
          label={t("password.old")}
          hint={t("password.old_hint")}
          type="password"
          autoComplete="current-password"
          value={old}
          onChange={setOld}
          error={fieldError(changing.error, "old")}
        />
        <TextField
          label={t("password.new")}
          type="password"
          autoComplete="new-password"
          required
          minLength={PASSWORD_MIN}
          hint={t("core:field.password_hint", { count: PASSWORD_MIN })}
          value={fresh}
          onChange={setFresh}
          error={fieldError(changing.error, "new") ?? fieldError(changing.error, "password")}
        />
        <ErrorNote error={otherError(changing.error, FIELDS)} />
        <FormEnd>
          <Button look="primary" type="submit" busy={changing.isPending} disabled={!fresh}>
            {t("password.change")}
          </Button>
        </FormEnd>
      </form>
    </Card>
  );
}
