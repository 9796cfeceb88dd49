/** A search over the messages of every room that I may see. */
import { Search as SearchIcon } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { PageBody, PageHeader } from "../../../core/shell/panes";
import { Button } from "../../../core/ui/Button";
import { EmptyState } from "../../../core/ui/EmptyState";
import { SearchField } from "../../../core/ui/TextField";
import { SearchResults } from "./search-results";

export default function Search() {
  const { t } = useTranslation("chat");
  const [words, setWords] = useState("");
  const query = useDeferredValue(words);
  return (
    <>
      <PageHeader title={t("search.title")} back="/chat" />
      <PageBody narrow>
        <SearchField label={t("search.label")} value={words} onChange={setWords} autoFocus />
        {query.trim() === "" ? (
          <EmptyState
            icon={SearchIcon}
            text={t("search.empty")}
            example={
              <Button small look="quiet" onClick={() => setWords(t("search.exampleWord"))}>
                {t("search.example")}
              </Button>
            }
          />
        ) : (
          <SearchResults query={query} room={null} />
        )}
      </PageBody>
    </>
  );
}
