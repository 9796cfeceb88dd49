/** A robot's name, and what a call must be so that it speaks. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, type Robot } from "../../core/api";
import { fieldError, otherError } from "../../core/entry/fields";
import { Button } from "../../core/ui/Button";
import { Card, FormEnd } from "../../core/ui/Card";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { TextArea, TextField } from "../../core/ui/TextField";
import { toast } from "../../core/ui/Toast";
import { changeRobot } from "./actions";
import {
  changeOf,
  draftOf,
  NAME_LIMIT,
  PER_MINUTE_LIMIT,
  type Draft,
  type RobotChange,
} from "./rules";
import css from "./bots.module.css";

const isNotAddress = (error: unknown) => error instanceof ApiError && error.code === "not_address";

const FIELDS = ["name", "keywords", "addresses", "per_minute"];

export function RulesForm({ robot }: { robot: Robot }) {
  const { t } = useTranslation(["bots", "core"]);
  const [draft, setDraft] = useState<Draft>(() => draftOf(robot));
  const change = changeOf(draft);
  const saving = useMutation({
    mutationFn: (body: RobotChange) => changeRobot(robot.id, body),
    onSuccess: () => toast(t("core:saved")),
  });
  return (
    <Card title={t("rules.title")} text={t("rules.text")}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (change) saving.mutate(change);
        }}
      >
        <Fields draft={draft} onChange={setDraft} error={saving.error} />
        <ErrorNote error={otherError(saving.error, FIELDS)} />
        <FormEnd>
          <Button look="primary" type="submit" busy={saving.isPending} disabled={!change}>
            {t("core:save")}
          </Button>
        </FormEnd>
      </form>
    </Card>
  );
}

function Fields({
  draft,
  onChange,
  error,
}: {
  draft: Draft;
  onChange: (draft: Draft) => void;
  error: unknown;
}) {
  const { t } = useTranslation("bots");
  const put = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  return (
    <>
      <TextField
        label={t("name")}
        required
        maxLength={NAME_LIMIT}
        value={draft.name}
        onChange={(name) => put({ name })}
        error={fieldError(error, "name")}
      />
      <TextArea
        label={t("rules.keywords")}
        hint={t("rules.keywords_hint")}
        rows={2}
        value={draft.keywords}
        onChange={(keywords) => put({ keywords })}
        error={fieldError(error, "keywords")}
      />
      <TextArea
        label={t("rules.addresses")}
        hint={t("rules.addresses_hint")}
        rows={2}
        value={draft.addresses}
        onChange={(addresses) => put({ addresses })}
        error={isNotAddress(error) ? t("rules.not_address") : fieldError(error, "addresses")}
      />
      <TextField
        label={t("rules.per_minute")}
        hint={t("rules.per_minute_hint", { most: PER_MINUTE_LIMIT })}
        type="number"
        required
        min={1}
        max={PER_MINUTE_LIMIT}
        value={draft.perMinute}
        onChange={(perMinute) => put({ perMinute })}
        error={fieldError(error, "per_minute")}
      />
    </>
  );
}
