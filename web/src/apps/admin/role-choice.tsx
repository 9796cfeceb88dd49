/** A person's role: to choose where I may, else just said. */
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Member, Role } from "../../core/api";
import { useMe, useOrg } from "../../core/session";
import { mayManage, rolesToGive } from "../../core/session/rules";
import { Select } from "../../core/ui/Select";
import { toast, toastError } from "../../core/ui/Toast";
import { changePerson } from "./actions";
import css from "./role-choice.module.css";

export function RoleChoice({ member }: { member: Member }) {
  const { t } = useTranslation(["admin", "core"]);
  const org = useOrg();
  const me = { id: useMe().person.id, role: org.role };
  const changing = useMutation({
    mutationFn: (role: Role) => changePerson(org.id, member.id, { role }),
    onSuccess: () => toast(t("core:saved")),
    onError: toastError,
  });
  if (!mayManage(me, member) || !member.active || member.robot)
    return <>{t(`core:role.${member.role}`)}</>;
  return (
    <div className={css.choice}>
      <Select
        label={t("people.role_of", { name: member.name })}
        hideLabel
        value={changing.isPending ? changing.variables : member.role}
        onChange={(role) => changing.mutate(role)}
        options={rolesToGive(me.role).map((role) => ({
          value: role,
          label: t(`core:role.${role}`),
        }))}
      />
    </div>
  );
}
