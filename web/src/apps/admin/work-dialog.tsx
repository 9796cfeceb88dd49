/** A person's title and departments. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../core/api";
import { useDepartments } from "../../core/people/queries";
import { flatten, pathOf, treeOf } from "../../core/people/tree";
import { useOrg } from "../../core/session";
import { Button } from "../../core/ui/Button";
import { Checkbox } from "../../core/ui/Checkbox";
import { Dialog } from "../../core/ui/Dialog";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { TextField } from "../../core/ui/TextField";
import { changePerson } from "./actions";
import css from "./tools.module.css";

const FORM = "work";

export function WorkDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation(["admin", "core"]);
  const org = useOrg().id;
  const [title, setTitle] = useState(member.title);
  const [chosen, setChosen] = useState<readonly string[]>(member.departments);
  const saving = useMutation({
    mutationFn: () =>
      changePerson(org, member.id, { title: title.trim(), departments: [...chosen] }),
    onSuccess: onClose,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("work.title", { name: member.name })}
      actions={
        <Button look="primary" type="submit" form={FORM} busy={saving.isPending}>
          {t("core:save")}
        </Button>
      }
    >
      <form
        id={FORM}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <TextField
          label={t("work.job")}
          hint={t("work.job_hint")}
          value={title}
          onChange={setTitle}
          autoFocus
        />
        <DepartmentChecks chosen={chosen} onChange={setChosen} />
        <ErrorNote error={saving.error} />
      </form>
    </Dialog>
  );
}

function DepartmentChecks({
  chosen,
  onChange,
}: {
  chosen: readonly string[];
  onChange: (ids: readonly string[]) => void;
}) {
  const { t } = useTranslation("admin");
  const departments = useDepartments(useOrg().id);
  const turn = (id: string, on: boolean) =>
    onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  if (departments.length === 0) return null;
  return (
    <fieldset>
      <legend className={css.legend}>{t("departments.title")}</legend>
      <div className={css.checks}>
        {flatten(treeOf(departments)).map(({ department: { id } }) => (
          <Checkbox
            key={id}
            label={pathOf(departments, id)}
            checked={chosen.includes(id)}
            onChange={(on) => turn(id, on)}
          />
        ))}
      </div>
    </fieldset>
  );
}
