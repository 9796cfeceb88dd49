/** The rooms that fit what was typed over the list, best first; fetched when somebody types there. */
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { bestFits } from "../../../core/match";
import { RoomRow } from "./room-row";
import css from "./sidebar.module.css";

export default function Filtered({ all, query }: { all: RoomHead[]; query: string }) {
  const { t } = useTranslation("chat");
  const fitting = bestFits(query, all, (head) => head.name);
  if (fitting.length === 0) return <p className={css.none}>{t("side.none")}</p>;
  return (
    <ul className={css.section}>
      {fitting.map((head) => (
        <RoomRow key={head.id} head={head} />
      ))}
    </ul>
  );
}
