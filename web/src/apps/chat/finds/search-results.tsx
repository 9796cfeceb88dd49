/** What a search found, asked for a moment after the last key. */
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { AskedList } from "./asked-list";
import { FoundMessage } from "./found";
import { SHORTEST, useSearch } from "./queries";
import css from "./search-results.module.css";

const WAIT_MS = 250;

export function SearchResults({ query, room }: { query: string; room: string | null }) {
  const { t } = useTranslation("chat");
  const settled = useSettled(query);
  const asked = useSearch(settled, room);
  if (query.trim().length < SHORTEST) return <p className={css.note}>{t("panel.searchHint")}</p>;
  return (
    <div className={css.results}>
      <AskedList asked={asked} empty={<p className={css.note}>{t("panel.noFound")}</p>}>
        {(message) => (
          <FoundMessage
            key={`${message.room} ${message.seq}`}
            message={message}
            room={room === null}
          />
        )}
      </AskedList>
    </div>
  );
}

function useSettled(query: string): string {
  const [settled, setSettled] = useState(query);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(query), WAIT_MS);
    return () => clearTimeout(timer);
  }, [query]);
  return settled;
}
