/** The small forms about one department: its name, and where it stands. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Department } from "../../core/api";
import { useDepartments } from "../../core/people/queries";
import { flatten, pathOf, possibleParents, treeOf } from "../../core/people/tree";
import { useOrg } from "../../core/session";
import { Button } from "../../core/ui/Button";
import { Dialog } from "../../core/ui/Dialog";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Select } from "../../core/ui/Select";
import { TextField } from "../../core/ui/TextField";
import { addDepartment, changeDepartment } from "./actions";

const FORM = "department";
const TOP = "top";

/** Adds a department under a parent, or gives another one a new name. */
export function DepartmentDialog({
  renaming,
  parent,
  onClose,
}: {
  renaming?: Department;
  parent: Department | null;
  onClose: () => void;
}) {
  const { t } = useTranslation(["admin", "core"]);
  const org = useOrg().id;
  const [name, setName] = useState(renaming?.name ?? "");
  const saving = useMutation({
    mutationFn: () => {
      const wanted = name.trim();
      return renaming
        ? changeDepartment(org, renaming.id, { name: wanted })
        : addDepartment(org, { name: wanted, parent: parent?.id ?? null });
    },
    onSuccess: onClose,
  });
  const verb = renaming ? t("departments.rename") : t("departments.add");
  return (
    <Dialog
      open
      onClose={onClose}
      title={verb}
      text={parent ? t("departments.below", { name: parent.name }) : undefined}
      actions={
        <Button
          look="primary"
          type="submit"
          form={FORM}
          busy={saving.isPending}
          disabled={!name.trim()}
        >
          {verb}
        </Button>
      }
    >
      <form
        id={FORM}
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <TextField
          label={t("departments.name")}
          required
          autoFocus
          value={name}
          onChange={setName}
        />
      </form>
      <ErrorNote error={saving.error} />
    </Dialog>
  );
}

export function MoveDialog({
  department,
  onClose,
}: {
  department: Department;
  onClose: () => void;
}) {
  const { t } = useTranslation("admin");
  const org = useOrg().id;
  const departments = useDepartments(org);
  const [parent, setParent] = useState(department.parent ?? TOP);
  const moving = useMutation({
    mutationFn: () =>
      changeDepartment(org, department.id, { parent: parent === TOP ? null : parent }),
    onSuccess: onClose,
  });
  const possible = new Set(possibleParents(departments, department.id).map(({ id }) => id));
  const options = flatten(treeOf(departments))
    .filter((branch) => possible.has(branch.department.id))
    .map(({ department: { id } }) => ({ value: id, label: pathOf(departments, id) }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("departments.move_title", { name: department.name })}
      actions={
        <Button look="primary" busy={moving.isPending} onClick={() => moving.mutate()}>
          {t("departments.move")}
        </Button>
      }
    >
      <Select
        label={t("departments.parent")}
        value={parent}
        onChange={setParent}
        options={[{ value: TOP, label: t("departments.top") }, ...options]}
      />
      <ErrorNote error={moving.error} />
    </Dialog>
  );
}
