/** Takes a robot out of its room for good. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Robot } from "../../core/api";
import { Button } from "../../core/ui/Button";
import { Card } from "../../core/ui/Card";
import { Confirm } from "../../core/ui/Confirm";
import { toast } from "../../core/ui/Toast";
import { removeRobot } from "./actions";

export function Remove({ robot }: { robot: Robot }) {
  const { t } = useTranslation("bots");
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  const button = (
    <Button look="danger" onClick={() => setAsking(true)}>
      {t("remove.action")}
    </Button>
  );
  return (
    <>
      <Card title={t("remove.title")} text={t("remove.text")} buttons={button} />
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t("remove.ask", { name: robot.name })}
        text={t("remove.ask_text")}
        action={t("remove.action")}
        danger
        onConfirm={async () => {
          await removeRobot(robot);
          go("/bots");
          toast(t("remove.done", { name: robot.name }));
        }}
      />
    </>
  );
}
