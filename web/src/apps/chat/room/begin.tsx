/** What stands above the first message of a room: what it is for, and an example to start with. */
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { Avatar } from "../../../core/ui/Avatar";
import { Button } from "../../../core/ui/Button";
import { usePerson } from "../../../core/rooms/hooks";
import { ask } from "../asking";
import { mayManage, mayPost } from "../rules";
import { insertText } from "../view";
import css from "./begin.module.css";

/** Up to this many entries a room counts as new. */
const FEW = 5;

export function Begin({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const other = usePerson(head.other);
  const example = t(head.direct ? "room.exampleDirect" : "room.example");
  const fresh = head.last_seq <= FEW && mayPost(head);
  return (
    <div className={css.begin}>
      {head.direct && (
        <Avatar id={head.other ?? ""} name={head.name} url={other?.avatar ?? null} size="large" />
      )}
      <h2 className={css.name}>{head.name}</h2>
      <p className={css.text}>{sentence(head, t)}</p>
      {fresh && (
        <div className={css.buttons}>
          {mayManage(head) && (
            <Button
              small
              look="primary"
              onClick={() => ask({ kind: "add-members", room: head.id })}
            >
              {t("members.add")}
            </Button>
          )}
          <Button small look="quiet" onClick={() => insertText(head.id, null, example)}>
            {t("room.exampleButton")}
          </Button>
        </div>
      )}
    </div>
  );
}

function sentence(head: RoomHead, t: ReturnType<typeof useTranslation<"chat">>["t"]): string {
  if (head.direct) return t("room.emptyDirect", { name: head.name });
  return head.topic || t(head.last_seq <= 1 ? "room.empty" : "list.begin");
}
