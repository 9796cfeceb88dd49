/** One robot: whether it works, its last calls, its rules and its secrets. */
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Robot } from "../../core/api";
import { useHead, useNames } from "../../core/rooms/hooks";
import { NotFound } from "../../core/shell/NotFound";
import { PageBody, PageHeader } from "../../core/shell/panes";
import { Button } from "../../core/ui/Button";
import { Card } from "../../core/ui/Card";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { Switch } from "../../core/ui/Switch";
import { toast, toastError } from "../../core/ui/Toast";
import { date } from "../../core/words/time";
import { changeRobot, tryOut, useRobots } from "./actions";
import { Calling } from "./calling";
import { Calls } from "./calls";
import { useLastCall } from "./last-call";
import { Remove } from "./remove";
import { RulesForm } from "./rules-form";
import { Addresses, Signing } from "./secrets";
import css from "./bots.module.css";

export function RobotPage({ id }: { id: string }) {
  const { t } = useTranslation("bots");
  const { data, error, isPending, refetch } = useRobots();
  const robot = data?.items.find((one) => one.id === id);
  if (data && !robot) return <NotFound />;
  return (
    <>
      <PageHeader
        title={robot?.name ?? t("title")}
        detail={robot && <Where robot={robot} />}
        back="/bots"
      />
      <PageBody>
        {isPending && <Skeleton rows={6} />}
        <ErrorNote error={error} onRetry={() => void refetch()} />
        {robot && <Cards robot={robot} />}
      </PageBody>
    </>
  );
}

const Cards = ({ robot }: { robot: Robot }) => (
  <>
    <State robot={robot} />
    <Calls robot={robot.id} />
    <Calling robot={robot} />
    <RulesForm robot={robot} />
    <Addresses robot={robot} />
    <Signing robot={robot} />
    <Remove robot={robot} />
  </>
);

/** The way back to the list, and to the robot's room. */
function Where({ robot }: { robot: Robot }) {
  const { t } = useTranslation("bots");
  const room = useHead(robot.room);
  return (
    <>
      <Link href="/bots">{t("title")}</Link>
      {room && (
        <>
          {" · "}
          <Link href={`/chat/${room.id}`}>{room.name}</Link>
        </>
      )}
    </>
  );
}

function State({ robot }: { robot: Robot }) {
  const { t } = useTranslation("bots");
  const name = useNames();
  const lastCall = useLastCall(robot);
  const turning = useMutation({
    mutationFn: (enabled: boolean) => changeRobot(robot.id, { enabled }),
    onError: toastError,
  });
  const trying = useMutation({
    mutationFn: () => tryOut(robot),
    onSuccess: () => toast(t(robot.kind === "plain" ? "state.tried" : "state.called")),
    onError: toastError,
  });
  const made = t("state.made_by", { name: name(robot.made_by), when: date(robot.created_at) });
  const test = (
    <Button busy={trying.isPending} disabled={!robot.enabled} onClick={() => trying.mutate()}>
      {t("state.try")}
    </Button>
  );
  return (
    <Card title={t("state.title")} text={lastCall} buttons={test}>
      <Switch
        label={t("in_use")}
        hint={t("state.in_use_hint")}
        checked={turning.isPending ? turning.variables : robot.enabled}
        onChange={(enabled) => turning.mutate(enabled)}
      />
      <p className={css.detail}>{made}</p>
    </Card>
  );
}
