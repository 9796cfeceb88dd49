/** Everybody in the organisation, with what an administrator may do about them. */
import { UserPlus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../core/api";
import { PersonLine } from "../../core/people/PersonLine";
import { useDepartments, usePeople } from "../../core/people/queries";
import { useOrg } from "../../core/session";
import { Mark } from "../../core/ui/Badge";
import { Button } from "../../core/ui/Button";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Select } from "../../core/ui/Select";
import { Skeleton } from "../../core/ui/Skeleton";
import { Table, type Column } from "../../core/ui/Table";
import { SearchField } from "../../core/ui/TextField";
import { listed } from "../../core/words/lists";
import { InviteDialog } from "./invite-dialog";
import { PersonMenu } from "./person-menu";
import { RoleChoice } from "./role-choice";
import css from "./tools.module.css";

type State = "active" | "inactive";

export function People() {
  const { t } = useTranslation("admin");
  const [query, setQuery] = useState("");
  const [state, setState] = useState<State>("active");
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <div className={css.tools}>
        <SearchField label={t("people.search")} value={query} onChange={setQuery} />
        <Select
          label={t("people.state")}
          hideLabel
          value={state}
          onChange={setState}
          options={[
            { value: "active", label: t("people.active") },
            { value: "inactive", label: t("people.inactive") },
          ]}
        />
        <Button look="primary" icon={UserPlus} onClick={() => setInviting(true)}>
          {t("invites.invite")}
        </Button>
      </div>
      <PeopleTable query={query} state={state} />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

function PeopleTable({ query, state }: { query: string; state: State }) {
  const { t } = useTranslation(["admin", "core"]);
  const wanted = useDeferredValue(query.trim());
  const asked = usePeople(useOrg().id, {
    active: state === "active",
    ...(wanted && { query: wanted }),
  });
  const columns = useColumns();
  if (asked.isPending) return <Skeleton rows={8} avatars />;
  if (asked.error) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />;
  const people = asked.data.pages.flatMap((page) => page.items);
  if (people.length === 0) return <p className={css.none}>{t("people.none")}</p>;
  return (
    <>
      <Table label={t("people.title")} columns={columns} rows={people} rowKey={({ id }) => id} />
      {asked.hasNextPage && (
        <div className={css.more}>
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t("core:more")}
          </Button>
        </div>
      )}
    </>
  );
}

function useColumns(): Column<Member>[] {
  const { t } = useTranslation("admin");
  const departments = useDepartments(useOrg().id);
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  return [
    {
      id: "person",
      title: t("people.person"),
      main: true,
      cell: (member) => (
        <PersonLine
          member={member}
          detail={[member.title, member.email].filter(Boolean).join(" · ")}
          marks={member.active ? null : <Mark tone="warn">{t("people.inactive")}</Mark>}
        />
      ),
    },
    {
      id: "departments",
      title: t("departments.title"),
      cell: (member) => listed(member.departments.map((id) => names.get(id) ?? "…")),
    },
    { id: "role", title: t("role"), cell: (member) => <RoleChoice member={member} /> },
    {
      id: "more",
      title: t("people.more"),
      quiet: true,
      cell: (member) => <PersonMenu member={member} />,
    },
  ];
}
