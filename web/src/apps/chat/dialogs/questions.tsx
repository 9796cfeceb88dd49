/** The dialogs that menus and commands ask for; each is fetched when first asked. */
import { lazy, Suspense } from "react";
import { asked, useAsked, type Question } from "../asking";

const Readers = lazy(() => import("./readers"));
const NewRoom = lazy(() => import("./new-room"));
const JoinRoom = lazy(() => import("./join-room"));
const NewDirect = lazy(() => import("./new-direct"));
const AddMembers = lazy(() => import("./add-members"));
const Sure = lazy(() => import("./sure"));

export function Questions() {
  const question = useAsked((state) => state.question);
  if (!question) return null;
  return (
    <Suspense>
      <One question={question} />
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
