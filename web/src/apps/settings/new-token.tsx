/** Asks what a new token may do, then shows its secret, once. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, queryClient, type NewToken } from "../../core/api";
import { fieldError, otherError } from "../../core/entry/fields";
import { Button } from "../../core/ui/Button";
import { Checkbox } from "../../core/ui/Checkbox";
import { CopyField } from "../../core/ui/CopyField";
import { Dialog } from "../../core/ui/Dialog";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Select } from "../../core/ui/Select";
import { TextField } from "../../core/ui/TextField";
import { TOKENS } from "./keys";
import css from "./rows.module.css";

const SCOPES = ["read", "write", "admin"] as const;
const LIVES = ["30", "90", "365", "never"] as const;
const FORM = "new-token";

type Scope = (typeof SCOPES)[number];
type Life = (typeof LIVES)[number];

export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<NewToken | null>(null);
  return made ? (
    <Secret token={made} onClose={onClose} />
  ) : (
    <Ask onClose={onClose} onMade={setMade} />
  );
}

function Ask({ onClose, onMade }: { onClose: () => void; onMade: (token: NewToken) => void }) {
  const { t } = useTranslation(["settings", "core"]);
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["read"]);
  const [life, setLife] = useState<Life>("90");
  const making = useMutation({
    mutationFn: () => {
      const days = life === "never" ? null : Number(life);
      return answer(api.POST("/api/me/tokens", { body: { name: name.trim(), scopes, days } }));
    },
    onSuccess(token) {
      void queryClient.invalidateQueries({ queryKey: TOKENS });
      onMade(token);
    },
  });
  const submit = (
    <Button
      look="primary"
      type="submit"
      form={FORM}
      busy={making.isPending}
      disabled={name.trim() === "" || scopes.length === 0}
    >
      {t("tokens.make")}
    </Button>
  );
  return (
    <Dialog open onClose={onClose} title={t("tokens.make")} actions={submit}>
      <form
        id={FORM}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <TextField
          label={t("tokens.name")}
          hint={t("tokens.name_hint")}
          required
          autoFocus
          value={name}
          onChange={setName}
          error={fieldError(making.error, "name")}
        />
        <Scopes value={scopes} onChange={setScopes} />
        <LifeChoice value={life} onChange={setLife} />
        <ErrorNote error={otherError(making.error, ["name"])} />
      </form>
    </Dialog>
  );
}

function LifeChoice({ value, onChange }: { value: Life; onChange: (life: Life) => void }) {
  const { t } = useTranslation("settings");
  const nameOf = (life: Life) =>
    life === "never" ? t("tokens.endless") : t("tokens.days", { count: Number(life) });
  return (
    <Select
      label={t("tokens.life")}
      value={value}
      onChange={onChange}
      options={LIVES.map((life) => ({ value: life, label: nameOf(life) }))}
    />
  );
}

function Scopes({ value, onChange }: { value: Scope[]; onChange: (scopes: Scope[]) => void }) {
  const { t } = useTranslation("settings");
  const turn = (scope: Scope, on: boolean) =>
    onChange(on ? [...value, scope] : value.filter((one) => one !== scope));
  return (
    <fieldset className={css.scopes}>
      <legend className={css.legend}>{t("tokens.scopes")}</legend>
      {SCOPES.map((scope) => (
        <Checkbox
          key={scope}
          label={t(`scope.${scope}`)}
          hint={t(`scope.${scope}_hint`)}
          checked={value.includes(scope)}
          onChange={(on) => turn(scope, on)}
        />
      ))}
    </fieldset>
  );
}

function Secret({ token, onClose }: { token: NewToken; onClose: () => void }) {
  const { t } = useTranslation(["settings", "core"]);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("tokens.made", { name: token.name })}
      text={t("tokens.once")}
      actions={
        <Button look="primary" onClick={onClose}>
          {t("tokens.kept")}
        </Button>
      }
    >
      <CopyField label={t("tokens.secret")} text={token.secret} />
    </Dialog>
  );
}
