/** A list that is asked for page by page: waiting, refused, empty, or there with a way to more. */
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../../../core/api";
import { Button } from "../../../core/ui/Button";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { Skeleton } from "../../../core/ui/Skeleton";
import css from "./asked-list.module.css";

interface Props<T> {
  asked: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  empty: ReactNode;
  children: (item: T) => ReactNode;
}

export function AskedList<T>({ asked, empty, children }: Props<T>) {
  const { t } = useTranslation("chat");
  if (asked.isPending) return <Skeleton rows={5} avatars />;
  if (asked.isError) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />;
  const items = asked.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <div className={css.list}>
      {items.map(children)}
      {asked.hasNextPage && (
        <Button small busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t("panel.more")}
        </Button>
      )}
    </div>
  );
}
