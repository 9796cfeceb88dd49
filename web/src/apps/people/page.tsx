/** The directory's page: departments on the left, people in the middle, one person on the right. */
import { UsersRound } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { useDepartments, usePeople } from "../../core/people/queries";
import { useOrg } from "../../core/session";
import { PageHeader } from "../../core/shell/panes";
import { Button } from "../../core/ui/Button";
import { EmptyState } from "../../core/ui/EmptyState";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { SearchField } from "../../core/ui/TextField";
import { DepartmentChoice, DepartmentTree } from "./departments";
import { PersonCard } from "./person-card";
import { PersonRow } from "./person-row";
import css from "./page.module.css";

export default function Page() {
  const { t } = useTranslation("people");
  const org = useOrg();
  const [at, setAt] = useSearchParams();
  const [query, setQuery] = useState("");
  const departments = useDepartments(org.id);
  const department = at.get("department");
  const person = at.get("person");
  const show = (next: { department?: string | null; person?: string | null }) =>
    setAt(
      clean({
        department: next.department === undefined ? department : next.department,
        person: next.person ?? null,
      }),
      { replace: next.person !== undefined },
    );
  return (
    <>
      <PageHeader title={t("title")} detail={org.name} />
      <div className={css.columns}>
        <div className={css.tree}>
          <DepartmentTree
            departments={departments}
            chosen={department}
            onChoose={(id) => show({ department: id })}
          />
        </div>
        <div className={css.list}>
          <div className={css.tools}>
            <SearchField label={t("search")} value={query} onChange={setQuery} />
            <div className={css.choice}>
              <DepartmentChoice
                departments={departments}
                chosen={department}
                onChoose={(id) => show({ department: id })}
              />
            </div>
          </div>
          <People query={query} department={department} onOpen={(id) => show({ person: id })} />
        </div>
      </div>
      {person && <PersonCard key={person} id={person} onClose={() => show({ person: null })} />}
    </>
  );
}

/** Leaves out what is not chosen. */
const clean = (choice: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(choice).filter((pair): pair is [string, string] => pair[1] !== null),
  );

function People({
  query,
  department,
  onOpen,
}: {
  query: string;
  department: string | null;
  onOpen: (person: string) => void;
}) {
  const { t } = useTranslation(["people", "core"]);
  const wanted = useDeferredValue(query.trim());
  const asked = usePeople(useOrg().id, {
    active: true,
    ...(wanted && { query: wanted }),
    ...(department && { department }),
  });
  if (asked.isPending) return <Skeleton rows={8} avatars />;
  if (asked.error) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />;
  const people = asked.data.pages.flatMap((page) => page.items);
  if (people.length === 0)
    return <EmptyState icon={UsersRound} text={t(wanted ? "none_found" : "none_here")} />;
  return (
    <>
      <ul className={css.people}>
        {people.map((member) => (
          <PersonRow key={member.id} member={member} onOpen={() => onOpen(member.id)} />
        ))}
      </ul>
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
