/** Every message that mentions me, newest first. */
import { AtSign } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PageBody, PageHeader } from "../../../core/shell/panes";
import { EmptyState } from "../../../core/ui/EmptyState";
import { AskedList } from "./asked-list";
import { FoundMessage } from "./found";
import { useMentions } from "./queries";

export default function Mentions() {
  const { t } = useTranslation("chat");
  const asked = useMentions();
  return (
    <>
      <PageHeader title={t("mentions.title")} detail={t("mentions.hint")} back="/chat" />
      <PageBody narrow>
        <AskedList asked={asked} empty={<EmptyState icon={AtSign} text={t("mentions.empty")} />}>
          {(message) => (
            <FoundMessage key={`${message.room} ${message.seq}`} message={message} room />
          )}
        </AskedList>
      </PageBody>
    </>
  );
}
