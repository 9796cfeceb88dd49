/** The organisation's own name. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, queryClient } from "../../core/api";
import { meQuery, useOrg } from "../../core/session";
import { Button } from "../../core/ui/Button";
import { Card, FormEnd } from "../../core/ui/Card";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { TextField } from "../../core/ui/TextField";
import { toast } from "../../core/ui/Toast";
import css from "./tools.module.css";

export function Organisation() {
  const { t } = useTranslation(["admin", "core"]);
  const org = useOrg();
  const [name, setName] = useState(org.name);
  const saving = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH("/api/orgs/{org}", {
          params: { path: { org: org.id } },
          body: { name: name.trim() },
        }),
      ),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      toast(t("core:saved"));
    },
  });
  return (
    <Card>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <TextField
          label={t("core:field.org_name")}
          hint={t("organisation.hint")}
          required
          value={name}
          onChange={setName}
        />
        <ErrorNote error={saving.error} />
        <FormEnd>
          <Button
            look="primary"
            type="submit"
            busy={saving.isPending}
            disabled={!name.trim() || name.trim() === org.name}
          >
            {t("core:save")}
          </Button>
        </FormEnd>
      </form>
    </Card>
  );
}
