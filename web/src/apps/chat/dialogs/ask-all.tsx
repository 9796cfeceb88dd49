/** Asks before everybody in a large room is called. */
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { Confirm } from "../../../core/ui/Confirm";

interface Props {
  head: RoomHead;
  onSend: () => void;
  onClose: () => void;
}

export default function AskAll({ head, onSend, onClose }: Props) {
  const { t } = useTranslation("chat");
  return (
    <Confirm
      open
      onClose={onClose}
      title={t("compose.allAsk", { count: head.member_count })}
      text={t("compose.allText")}
      action={t("compose.allSend")}
      onConfirm={async () => onSend()}
    />
  );
}
