/** Whether an answer in a thread is shown in the room too; only threads fetch it. */
import { useTranslation } from "react-i18next";
import { Checkbox } from "../../../core/ui/Checkbox";
import type { Writing } from "./use-writing";

export default function AlsoRoom({ writing }: { writing: Writing }) {
  const { t } = useTranslation("chat");
  return (
    <Checkbox
      label={t("compose.alsoRoom")}
      checked={writing.alsoRoom}
      onChange={writing.setAlsoRoom}
    />
  );
}
