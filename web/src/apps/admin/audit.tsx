/** Who did what and when, newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api, type AuditLine } from "../../core/api";
import { useOrg } from "../../core/session";
import { Button } from "../../core/ui/Button";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { Table, type Column } from "../../core/ui/Table";
import { dateTime } from "../../core/words/time";
import { detailOf, useWording } from "./audit-words";
import css from "./audit.module.css";
import tools from "./tools.module.css";

export function Audit() {
  const { t } = useTranslation(["admin", "core"]);
  const org = useOrg().id;
  const columns = useColumns();
  const asked = useInfiniteQuery({
    queryKey: ["org", org, "audit"],
    queryFn: ({ pageParam }) => {
      const query = pageParam ? { cursor: pageParam } : {};
      return answer(api.GET("/api/orgs/{org}/audit", { params: { path: { org }, query } }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  if (asked.isPending) return <Skeleton rows={8} />;
  if (asked.error) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />;
  const lines = asked.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Table
        label={t("audit.title")}
        columns={columns}
        rows={lines}
        rowKey={(line) => `${line.at} ${line.request_id} ${line.verb} ${line.subject}`}
      />
      {asked.hasNextPage && (
        <div className={tools.more}>
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t("core:more")}
          </Button>
        </div>
      )}
    </>
  );
}

function useColumns(): Column<AuditLine>[] {
  const { t } = useTranslation("admin");
  const wording = useWording();
  return [
    {
      id: "at",
      title: t("audit.at"),
      cell: ({ at }) => <time className={css.time}>{dateTime(at)}</time>,
    },
    {
      id: "who",
      title: t("audit.who"),
      cell: ({ actor, actor_name: name }) => (actor === null ? t("audit.system") : name),
    },
    { id: "what", title: t("audit.what"), cell: ({ verb }) => wording.word("verb", verb) },
    {
      id: "detail",
      title: t("audit.detail"),
      cell: (line) => <span className={css.detail}>{detailOf(line, wording)}</span>,
    },
  ];
}
