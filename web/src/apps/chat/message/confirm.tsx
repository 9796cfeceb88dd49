/** A message whose sender asks to confirm: a button for readers, a count for the sender. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BadgeCheck } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Message } from "../../../core/api";
import { late } from "../../../core/fetched";
import { useMyId } from "../../../core/rooms/hooks";
import { Button } from "../../../core/ui/Button";
import { toastError } from "../../../core/ui/Toast";
import { confirm } from "../actions";
import css from "./confirm.module.css";

const Readers = late(() => import("../dialogs/readers"));

export function ConfirmRequest({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const mine = message.sender === useMyId();
  const [open, setOpen] = useState(false);
  const done = useConfirmed(message, !mine);
  const confirming = useConfirming(message);
  return (
    <div className={css.box}>
      <BadgeCheck className={css.icon} aria-hidden />
      <span className={css.words}>{t(mine ? "compose.confirmOn" : "message.askedConfirm")}</span>
      {!mine && (
        <Button
          small
          look={done ? "plain" : "primary"}
          busy={confirming.isPending}
          disabled={done}
          onClick={() => confirming.mutate()}
        >
          {t(done ? "message.confirmed" : "message.confirm")}
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

const keyOf = ({ room, seq }: Message) => ["room", room, "confirmed", seq] as const;

/** Whether I have confirmed it. */
function useConfirmed(message: Message, wanted: boolean): boolean {
  const { room, seq } = message;
  const asked = useQuery({
    queryKey: keyOf(message),
    enabled: wanted,
    queryFn: async () => {
      const params = { path: { room, seq: String(seq) }, query: { side: "confirmed" as const } };
      const page = await answer(api.GET("/api/rooms/{room}/messages/{seq}/readers", { params }));
      return page.confirmed_by_me;
    },
  });
  return asked.data ?? false;
}

function useConfirming(message: Message) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => confirm(message),
    onSuccess: () => client.setQueryData(keyOf(message), true),
    onError: toastError,
  });
}
