/** The last calls of a robot: who asked for what, and what it was told. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type RobotCall } from "../../core/api";
import { Button } from "../../core/ui/Button";
import { Card } from "../../core/ui/Card";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { Table, type Column } from "../../core/ui/Table";
import { dateTime } from "../../core/words/time";
import { callsKey } from "./actions";
import css from "./bots.module.css";

const FIRST = 5;

interface Row {
  call: RobotCall;
  place: number;
}

export function Calls({ robot }: { robot: string }) {
  const { t } = useTranslation("bots");
  const asked = useQuery({
    queryKey: callsKey(robot),
    queryFn: () => answer(api.GET("/api/robots/{robot}/calls", { params: { path: { robot } } })),
    staleTime: 0,
  });
  const again = (
    <Button small busy={asked.isFetching} onClick={() => void asked.refetch()}>
      {t("calls.again")}
    </Button>
  );
  return (
    <Card title={t("calls.title")} text={t("calls.text")} buttons={again}>
      {asked.isPending && <Skeleton rows={3} />}
      <ErrorNote error={asked.error} />
      {asked.data && <Lines calls={asked.data.items} />}
    </Card>
  );
}

function Lines({ calls }: { calls: readonly RobotCall[] }) {
  const { t } = useTranslation(["bots", "core"]);
  const [all, setAll] = useState(false);
  const columns = useColumns();
  if (calls.length === 0) return <p className={css.detail}>{t("calls.none")}</p>;
  const rows = calls.slice(0, all ? undefined : FIRST).map((call, place) => ({ call, place }));
  return (
    <>
      <Table
        label={t("calls.title")}
        columns={columns}
        rows={rows}
        rowKey={({ call, place }) => `${call.at} ${place}`}
      />
      {rows.length < calls.length && <Button onClick={() => setAll(true)}>{t("core:more")}</Button>}
    </>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation("bots");
  return [
    {
      id: "at",
      title: t("calls.at"),
      cell: ({ call }) => <time className={css.time}>{dateTime(call.at)}</time>,
    },
    {
      id: "way",
      title: t("calls.way"),
      cell: ({ call }) => <span className={css.whole}>{t(`calls.ways.${call.way}`)}</span>,
    },
    {
      id: "ip",
      title: t("calls.ip"),
      cell: ({ call }) => <span className={css.ip}>{call.ip}</span>,
    },
    {
      id: "answer",
      title: t("calls.answer"),
      cell: ({ call }) =>
        call.code === 0 ? "ok" : <span className={css.wrong}>{`${call.code} ${call.answer}`}</span>,
    },
    {
      id: "excerpt",
      title: t("calls.excerpt"),
      cell: ({ call }) => <span className={css.excerpt}>{call.excerpt}</span>,
    },
  ];
}
