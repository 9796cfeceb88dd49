/** Every file that was sent in this room, newest first. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RoomFile, RoomHead } from "../../../core/api";
import { usePerson } from "../../../core/rooms/hooks";
import { currentLang } from "../../../core/words";
import { AskedList } from "../finds/asked-list";
import { useFiles } from "../finds/queries";
import { shortTime } from "../format";
import { FileRow } from "../message/files";
import css from "./panel.module.css";

export function FilesPanel({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const asked = useFiles(head.id);
  return (
    <div className={css.column}>
      <AskedList asked={asked} empty={<p className={css.note}>{t("panel.noFiles")}</p>}>
        {(item) => <One key={item.file.id} item={item} room={head.id} />}
      </AskedList>
    </div>
  );
}

function One({ item, room }: { item: RoomFile; room: string }) {
  const { t } = useTranslation("chat");
  const person = usePerson(item.sender);
  return (
    <div className={css.file}>
      <FileRow file={item.file} />
      <Link href={`/chat/${room}/${item.seq}`} className={css.detail}>
        {person?.name ?? t("message.gone")} · {shortTime(item.at, Date.now(), currentLang())}
      </Link>
    </div>
  );
}
