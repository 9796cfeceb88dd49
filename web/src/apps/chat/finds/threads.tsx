/** The threads that I take part in; opening one goes to its room with the thread beside it. */
import { MessageSquareReply } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PageBody, PageHeader } from "../../../core/shell/panes";
import { EmptyState } from "../../../core/ui/EmptyState";
import { openPanel } from "../view";
import { AskedList } from "./asked-list";
import { FoundMessage } from "./found";
import { useThreads } from "./queries";

export default function Threads() {
  const { t } = useTranslation("chat");
  const asked = useThreads();
  return (
    <>
      <PageHeader title={t("threads.title")} detail={t("threads.hint")} back="/chat" />
      <PageBody narrow>
        <AskedList
          asked={asked}
          empty={<EmptyState icon={MessageSquareReply} text={t("threads.empty")} />}
        >
          {(message) => (
            <FoundMessage
              key={`${message.room} ${message.seq}`}
              message={message}
              room
              onOpen={() => openPanel(message.room, "thread", message.seq)}
            />
          )}
        </AskedList>
      </PageBody>
    </>
  );
}
