/** How many have not read my message; it opens the list of who has. */
import { CheckCheck } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "../../../core/api";
import { late } from "../../../core/fetched";
import { useHead, useUnread } from "../../../core/rooms/hooks";
import css from "./read-state.module.css";

const Readers = late(() => import("../dialogs/readers"));

export function ReadState({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const unread = useUnread(message);
  const head = useHead(message.room);
  const [open, setOpen] = useState(false);
  if (!head || head.member_count < 2 || message.kind === "event") return null;
  return (
    <>
      <button type="button" className={css.state} onClick={() => setOpen(true)}>
        {unread === 0 || unread === null ? (
          <CheckCheck
            className={css.icon}
            role="img"
            aria-label={t(unread === 0 ? "message.allRead" : "message.readers")}
          />
        ) : (
          t("message.unread", { count: unread })
        )}
      </button>
      {open && (
        <Suspense>
          <Readers message={message} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
