/** The messages that somebody pinned in this room. */
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { AskedList } from "../finds/asked-list";
import { FoundMessage } from "../finds/found";
import { usePins } from "../finds/queries";
import css from "./panel.module.css";

export function PinsPanel({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const asked = usePins(head.id);
  return (
    <div className={css.column}>
      <AskedList asked={asked} empty={<p className={css.note}>{t("panel.noPins")}</p>}>
        {(message) => <FoundMessage key={message.seq} message={message} />}
      </AskedList>
    </div>
  );
}
