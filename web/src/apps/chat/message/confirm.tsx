/** A message whose sender asks to confirm: a button for readers, a count for the sender. */
import { useMutation } from "@tanstack/react-query";
import { BadgeCheck } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "../../../core/api";
import { useMyId } from "../../../core/rooms/hooks";
import { Button } from "../../../core/ui/Button";
import { toastError } from "../../../core/ui/Toast";
import { confirm } from "../actions";
import css from "./confirm.module.css";

const Readers = lazy(() => import("../dialogs/readers"));

export function ConfirmRequest({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const mine = message.sender === useMyId();
  const [open, setOpen] = useState(false);
  const confirming = useMutation({ mutationFn: () => confirm(message), onError: toastError });
  return (
    <div className={css.box}>
      <BadgeCheck className={css.icon} aria-hidden />
      <span className={css.words}>{t(mine ? "compose.confirmOn" : "message.askedConfirm")}</span>
      {!mine && (
        <Button
          small
          look={confirming.isSuccess ? "plain" : "primary"}
          busy={confirming.isPending}
          disabled={confirming.isSuccess}
          onClick={() => confirming.mutate()}
        >
          {t(confirming.isSuccess ? "message.confirmed" : "message.confirm")}
        </Button>
      )}
      <Button small look="quiet" onClick={() => setOpen(true)}>
        {t("message.confirmList")}
      </Button>
      {open && (
        <Suspense>
          <Readers message={message} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
