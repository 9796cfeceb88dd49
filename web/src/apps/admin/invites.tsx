/** Invitations that can still be used. */
import { useQuery } from "@tanstack/react-query";
import { MailPlus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Invite } from "../../core/api";
import { useDepartments } from "../../core/people/queries";
import { pathOf } from "../../core/people/tree";
import { useOrg } from "../../core/session";
import { Button } from "../../core/ui/Button";
import { Confirm } from "../../core/ui/Confirm";
import { EmptyState } from "../../core/ui/EmptyState";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { Table, type Column } from "../../core/ui/Table";
import { ago } from "../../core/words/time";
import { deleteInvite, invitesKey } from "./actions";
import { InviteDialog } from "./invite-dialog";
import css from "./tools.module.css";

export function Invites() {
  const { t } = useTranslation("admin");
  const [inviting, setInviting] = useState(false);
  const button = (
    <Button look="primary" icon={MailPlus} onClick={() => setInviting(true)}>
      {t("invites.invite")}
    </Button>
  );
  return (
    <>
      <List button={button} />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

function List({ button }: { button: ReactNode }) {
  const { t } = useTranslation("admin");
  const org = useOrg().id;
  const columns = useColumns();
  const asked = useQuery({
    queryKey: invitesKey(org),
    queryFn: () => answer(api.GET("/api/orgs/{org}/invites", { params: { path: { org } } })),
  });
  if (asked.isPending) return <Skeleton rows={4} />;
  if (asked.error) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />;
  const invites = asked.data.items;
  if (invites.length === 0)
    return <EmptyState icon={MailPlus} text={t("invites.none")} action={button} />;
  return (
    <>
      <div className={css.end}>{button}</div>
      <Table label={t("invites.title")} columns={columns} rows={invites} rowKey={({ id }) => id} />
    </>
  );
}

function useColumns(): Column<Invite>[] {
  const { t } = useTranslation(["admin", "core"]);
  const departments = useDepartments(useOrg().id);
  return [
    {
      id: "for",
      title: t("invites.for"),
      main: true,
      cell: ({ email, uses_left: left }) => email ?? t("invites.left", { count: left }),
    },
    { id: "role", title: t("role"), cell: ({ role }) => t(`core:role.${role}`) },
    {
      id: "department",
      title: t("invites.department"),
      cell: ({ department }) => (department ? pathOf(departments, department) : ""),
    },
    {
      id: "ends",
      title: t("invites.ends"),
      cell: ({ expires_at: at }) => ago(at),
    },
    {
      id: "take-back",
      title: t("invites.take_back"),
      quiet: true,
      cell: (row) => <TakeBack row={row} />,
    },
  ];
}

function TakeBack({ row }: { row: Invite }) {
  const { t } = useTranslation("admin");
  const org = useOrg().id;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button small onClick={() => setAsking(true)}>
        {t("invites.take_back")}
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t("invites.take_back_title")}
        text={t("invites.take_back_text")}
        action={t("invites.take_back")}
        danger
        onConfirm={() => deleteInvite(org, row.id)}
      />
    </>
  );
}
