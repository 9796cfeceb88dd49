/** The robots of the rooms that I run, each with its switch. */
import { useMutation } from "@tanstack/react-query";
import { Bot, SquareSlash, Webhook } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Robot } from "../../core/api";
import { useHead } from "../../core/rooms/hooks";
import { PageBody, PageHeader } from "../../core/shell/panes";
import { Button } from "../../core/ui/Button";
import { Card } from "../../core/ui/Card";
import { EmptyState } from "../../core/ui/EmptyState";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { Switch } from "../../core/ui/Switch";
import { toastError } from "../../core/ui/Toast";
import { changeRobot, useRobots } from "./actions";
import { NewCommandDialog } from "./new-command";
import { NewHookDialog } from "./new-hook";
import { NewRobotDialog } from "./new-robot";
import { useRoomsToHold } from "./rooms";
import { useLastCall } from "./last-call";
import css from "./bots.module.css";

export function Robots() {
  const { t } = useTranslation("bots");
  const [making, setMaking] = useState<Kind | null>(null);
  return (
    <>
      <PageHeader title={t("title")} />
      <PageBody narrow>
        <List onNew={setMaking} />
      </PageBody>
      <Making kind={making} onClose={() => setMaking(null)} />
    </>
  );
}

type Kind = Robot["kind"];

function Making({ kind, onClose }: { kind: Kind | null; onClose: () => void }) {
  switch (kind) {
    case null:
      return null;
    case "plain":
      return <NewRobotDialog onClose={onClose} />;
    case "hook":
      return <NewHookDialog onClose={onClose} />;
    default:
      return <NewCommandDialog onClose={onClose} />;
  }
}

/** One button for each kind of robot. */
function Make({ onNew }: { onNew: (kind: Kind) => void }) {
  const { t } = useTranslation("bots");
  return (
    <div className={css.makes}>
      <Button look="primary" icon={Bot} onClick={() => onNew("plain")}>
        {t("new.title")}
      </Button>
      <Button icon={Webhook} onClick={() => onNew("hook")}>
        {t("hook.new")}
      </Button>
      <Button icon={SquareSlash} onClick={() => onNew("command")}>
        {t("command.new")}
      </Button>
    </div>
  );
}

function List({ onNew }: { onNew: (kind: Kind) => void }) {
  const { t } = useTranslation("bots");
  const { data, error, isPending, refetch } = useRobots();
  const rooms = useRoomsToHold();
  if (isPending) return <Skeleton rows={4} />;
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const make = <Make onNew={onNew} />;
  if (data.items.length === 0 && rooms.length === 0) return <NoRoom />;
  if (data.items.length === 0) return <EmptyState icon={Bot} text={t("list.none")} action={make} />;
  return (
    <Card title={t("list.title")} text={t("list.text")}>
      {rooms.length > 0 && make}
      <ul className={css.rows}>
        {data.items.map((robot) => (
          <Row key={robot.id} robot={robot} />
        ))}
      </ul>
    </Card>
  );
}

function NoRoom() {
  const { t } = useTranslation("bots");
  const toChat = <Button render={<Link href="/chat" />}>{t("list.to_chat")}</Button>;
  return <EmptyState icon={Bot} text={t("list.no_room")} action={toChat} />;
}

function Row({ robot }: { robot: Robot }) {
  const { t } = useTranslation("bots");
  const room = useHead(robot.room);
  const lastCall = useLastCall(robot);
  const turning = useMutation({
    mutationFn: (enabled: boolean) => changeRobot(robot.id, { enabled }),
    onError: toastError,
  });
  return (
    <li className={css.row}>
      <div className={css.words}>
        <Link href={`/bots/${robot.id}`} className={css.name}>
          {robot.name}
        </Link>
        <span className={css.detail}>
          {robot.kind !== "plain" && `${t(`${robot.kind}.card`)} · `}
          {room && (
            <>
              <Link href={`/chat/${room.id}`} className={css.room}>
                {room.name}
              </Link>
              {" · "}
            </>
          )}
          {lastCall}
        </span>
      </div>
      <div className={css.switch} role="group" aria-label={robot.name}>
        <Switch
          label={t("in_use")}
          checked={turning.isPending ? turning.variables : robot.enabled}
          onChange={(enabled) => turning.mutate(enabled)}
        />
      </div>
    </li>
  );
}
