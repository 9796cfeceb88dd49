/** Whom to invite, as what, for how long. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Department, Invite, Role } from "../../core/api";
import { useDepartments } from "../../core/people/queries";
import { flatten, pathOf, treeOf } from "../../core/people/tree";
import { useOrg } from "../../core/session";
import { rolesToGive } from "../../core/session/rules";
import { Button } from "../../core/ui/Button";
import { Dialog } from "../../core/ui/Dialog";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Select } from "../../core/ui/Select";
import { Tabs } from "../../core/ui/Tabs";
import { TextArea } from "../../core/ui/TextField";
import { invite } from "./actions";
import { asInvite, EMPTY_ASK, NO_DEPARTMENT, USES, type Ask } from "./invite-ask";
import css from "./tools.module.css";

const FORM = "invite";

export function InviteForm({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (invites: Invite[]) => void;
}) {
  const { t } = useTranslation("admin");
  const org = useOrg();
  const [ask, setAsk] = useState(EMPTY_ASK);
  const change = (part: Partial<Ask>) => setAsk((old) => ({ ...old, ...part }));
  const making = useMutation({
    mutationFn: () => invite(org.id, asInvite(ask)),
    onSuccess: onMade,
  });
  const ready = ask.way === "link" || ask.emails.trim() !== "";
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("invites.invite")}
      actions={
        <Button look="primary" type="submit" form={FORM} busy={making.isPending} disabled={!ready}>
          {t(ask.way === "link" ? "invites.make_link" : "invites.make_links")}
        </Button>
      }
    >
      <form
        id={FORM}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <Ways ask={ask} onChange={change} />
        <As ask={ask} onChange={change} mine={org.role} />
        <ErrorNote error={making.error} />
      </form>
    </Dialog>
  );
}

interface Part {
  ask: Ask;
  onChange: (part: Partial<Ask>) => void;
}

function Ways({ ask, onChange }: Part) {
  const { t } = useTranslation("admin");
  const uses = (
    <Select
      label={t("invites.uses")}
      value={ask.uses}
      onChange={(next) => onChange({ uses: next })}
      options={USES.map((value) => ({
        value,
        label: t("invites.people", { count: Number(value) }),
      }))}
    />
  );
  const emails = (
    <TextArea
      label={t("invites.list")}
      hint={t("invites.list_hint")}
      placeholder={t("invites.list_example")}
      rows={5}
      value={ask.emails}
      onChange={(next) => onChange({ emails: next })}
    />
  );
  return (
    <Tabs
      label={t("invites.way")}
      value={ask.way}
      onChange={(way) => onChange({ way })}
      tabs={[
        { id: "link", label: t("invites.by_link"), content: uses },
        { id: "list", label: t("invites.by_list"), content: emails },
      ]}
    />
  );
}

function As({ ask, onChange, mine }: Part & { mine: Role }) {
  const { t } = useTranslation(["admin", "core"]);
  const departments = useDepartments(useOrg().id);
  const roles = rolesToGive(mine).filter((role) => role !== "guest" && role !== "owner");
  return (
    <>
      <Select
        label={t("role")}
        value={ask.role}
        onChange={(role) => onChange({ role })}
        options={roles.map((role) => ({ value: role, label: t(`core:role.${role}`) }))}
      />
      {departments.length > 0 && (
        <Select
          label={t("invites.department")}
          value={ask.department}
          onChange={(department) => onChange({ department })}
          options={[
            { value: NO_DEPARTMENT, label: t("invites.no_department") },
            ...departmentOptions(departments),
          ]}
        />
      )}
    </>
  );
}

const departmentOptions = (departments: readonly Department[]) =>
  flatten(treeOf(departments)).map(({ department: { id } }) => ({
    value: id,
    label: pathOf(departments, id),
  }));
