/** "Are you sure" before what is hard to take back: recalling, leaving, archiving, removing, giving the room away. */
import { useTranslation } from "react-i18next";
import { navigate } from "wouter/use-browser-location";
import { liveNow } from "../../../core/rooms/live";
import { Confirm } from "../../../core/ui/Confirm";
import { archive, giveRoom, leave, recall, removeMember } from "../actions";
import type { Question } from "../asking";
import { keepRecalled } from "../message/recalled";
import { closePanel } from "../view";

type Sure = Extract<
  Question,
  { kind: "recall" | "leave" | "archive" | "give-room" | "remove-member" }
>;

export default function AreYouSure({ question, onClose }: { question: Sure; onClose: () => void }) {
  const words = useWords(question);
  return <Confirm open onClose={onClose} {...words} onConfirm={() => act(question)} />;
}

function useWords(question: Sure) {
  const { t } = useTranslation("chat");
  switch (question.kind) {
    case "recall":
      return {
        title: t("act.recallAsk"),
        text: t("act.recallText"),
        action: t("act.recall"),
        danger: true,
      };
    case "leave":
      return {
        title: t("room.leaveAsk"),
        text: t("room.leaveText"),
        action: t("room.leave"),
        danger: true,
      };
    case "archive": {
      const archived = liveNow()?.rooms.get(question.room)?.archived ?? false;
      if (archived) return { title: t("room.unarchive"), action: t("room.unarchive") };
      return {
        title: t("room.archiveAsk"),
        text: t("room.archiveText"),
        action: t("room.archive"),
      };
    }
    case "give-room":
      return {
        title: t("members.giveAsk", { name: question.name }),
        text: t("members.giveText"),
        action: t("members.give"),
      };
    case "remove-member":
      return {
        title: t("members.removeAsk", { name: question.name }),
        text: t("members.removeText"),
        action: t("members.remove"),
        danger: true,
      };
  }
}

async function act(question: Sure): Promise<void> {
  switch (question.kind) {
    case "recall":
      keepRecalled(question.message);
      await recall(question.message);
      return;
    case "leave":
      await leave(question.room);
      closePanel();
      navigate("/chat");
      return;
    case "archive": {
      const head = liveNow()?.rooms.get(question.room);
      if (head) await archive(head);
      return;
    }
    case "give-room":
      return giveRoom(question.room, question.person);
    case "remove-member":
      return removeMember(question.room, question.person);
  }
}
