/** The dialogs that menus, commands and robots ask for; each is fetched when first asked. */
import { Suspense } from "react";
import { late } from "../../../core/fetched";
import { useFrom } from "../../../core/rooms/hooks";
import { useLive } from "../../../core/rooms/live";
import { asked, useAsked, type Question } from "../asking";

const Readers = late(() => import("./readers"));
const NewRoom = late(() => import("./new-room"));
const JoinRoom = late(() => import("./join-room"));
const NewDirect = late(() => import("./new-direct"));
const AddMembers = late(() => import("./add-members"));
const Sure = late(() => import("./sure"));

const Asked = late(() => import("./asked"));

export function Questions() {
  const question = useAsked((state) => state.question);
  const { asks } = useLive();
  const dialog = useFrom(asks, () => asks.dialog);
  return (
    <Suspense>
      {question && <One question={question} />}
      {dialog && <Asked key={dialog.id} dialog={dialog} onClose={() => asks.closed()} />}
    </Suspense>
  );
}

function One({ question }: { question: Question }) {
  switch (question.kind) {
    case "readers":
      return <Readers message={question.message} onClose={asked} />;
    case "new-room":
      return <NewRoom name={question.name ?? ""} onClose={asked} />;
    case "join-room":
      return <JoinRoom onClose={asked} />;
    case "new-direct":
      return <NewDirect onClose={asked} />;
    case "add-members":
      return <AddMembers room={question.room} onClose={asked} />;
    default:
      return <Sure question={question} onClose={asked} />;
  }
}
