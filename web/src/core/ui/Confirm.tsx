/** Asks before something that is hard to take back; the words on the button say what will happen. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorNote } from "./ErrorNote";

export function Confirm({
  open,
  onClose,
  title,
  text,
  action,
  danger = false,
  onConfirm,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  text?: string;
  /** The verb on the button. */
  action: string;
  danger?: boolean;
  /** The dialog stays, with a sentence, when it throws. */
  onConfirm: () => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setError(null);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      close();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      text={text}
      actions={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button look={danger ? "danger" : "primary"} busy={busy} onClick={() => void confirm()}>
            {action}
          </Button>
        </>
      }
    >
      <ErrorNote error={error} />
    </Dialog>
  );
}
