/** A search in one room. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { SearchField } from "../../../core/ui/TextField";
import { SearchResults } from "../finds/search-results";
import css from "./panel.module.css";

export function SearchPanel({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const [words, setWords] = useState("");
  return (
    <div className={css.column}>
      <SearchField label={t("room.search")} value={words} onChange={setWords} autoFocus />
      <SearchResults query={words} room={head.id} />
    </div>
  );
}
