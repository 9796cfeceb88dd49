/** The token by which others know a robot's calls: shown once, and made anew. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../core/ui/Button";
import { Card } from "../../core/ui/Card";
import { Confirm } from "../../core/ui/Confirm";
import { CopyField } from "../../core/ui/CopyField";
import { Dialog } from "../../core/ui/Dialog";
import { renewToken } from "./actions";

export function TokenDialog({ token, onClose }: { token: string; onClose: () => void }) {
  const { t } = useTranslation("bots");
  const done = (
    <Button look="primary" onClick={onClose}>
      {t("made.kept")}
    </Button>
  );
  return (
    <Dialog open onClose={onClose} title={t("token.made")} text={t("token.once")} actions={done}>
      <CopyField label={t("token.label")} text={token} />
    </Dialog>
  );
}

export function TokenCard({ robot }: { robot: string }) {
  const { t } = useTranslation("bots");
  const [asking, setAsking] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const button = <Button onClick={() => setAsking(true)}>{t("token.action")}</Button>;
  return (
    <>
      <Card title={t("token.title")} text={t("token.text")} buttons={button} />
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t("token.ask")}
        text={t("token.ask_text")}
        action={t("token.action")}
        danger
        onConfirm={async () => setToken(await renewToken(robot))}
      />
      {token !== null && <TokenDialog token={token} onClose={() => setToken(null)} />}
    </>
  );
}
