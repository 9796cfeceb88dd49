/** A robot's addresses and its signing: whoever has them speaks in the room. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Robot, RobotMade } from "../../core/api";
import { Button } from "../../core/ui/Button";
import { Card } from "../../core/ui/Card";
import { Confirm } from "../../core/ui/Confirm";
import { CopyField } from "../../core/ui/CopyField";
import { Dialog } from "../../core/ui/Dialog";
import { toastError } from "../../core/ui/Toast";
import { rotate, setSigning } from "./actions";
import { MadeDialog } from "./made";

export function Addresses({ robot }: { robot: Robot }) {
  const { t } = useTranslation("bots");
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<RobotMade | null>(null);
  const button = <Button onClick={() => setAsking(true)}>{t("rotate.action")}</Button>;
  return (
    <>
      <Card title={t("rotate.title")} text={t("rotate.text")} buttons={button} />
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t("rotate.ask")}
        text={t("rotate.ask_text")}
        action={t("rotate.action")}
        danger
        onConfirm={async () => setMade(await rotate(robot.id))}
      />
      {made && <MadeDialog made={made} title={t("rotate.made")} onClose={() => setMade(null)} />}
    </>
  );
}

export function Signing({ robot }: { robot: Robot }) {
  const { t } = useTranslation("bots");
  const [secret, setSecret] = useState<string | null>(null);
  const setting = useMutation({
    mutationFn: (on: boolean) => setSigning(robot, on),
    onSuccess: setSecret,
    onError: toastError,
  });
  const button = (
    <Button busy={setting.isPending} onClick={() => setting.mutate(!robot.signed)}>
      {robot.signed ? t("sign.stop") : t("sign.begin")}
    </Button>
  );
  return (
    <>
      <Card
        title={t("sign.title")}
        text={robot.signed ? t("sign.on") : t("sign.off")}
        buttons={button}
      />
      {secret !== null && <Secret secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation("bots");
  const done = (
    <Button look="primary" onClick={onClose}>
      {t("made.kept")}
    </Button>
  );
  return (
    <Dialog open onClose={onClose} title={t("sign.made")} text={t("sign.once")} actions={done}>
      <CopyField label={t("sign.secret")} text={secret} />
    </Dialog>
  );
}
