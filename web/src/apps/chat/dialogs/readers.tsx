/** Who has read a message, who has not, and who has confirmed it, by person. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Message } from "../../../core/api";
import { useUnread } from "../../../core/rooms/hooks";
import { Avatar } from "../../../core/ui/Avatar";
import { Button } from "../../../core/ui/Button";
import { Dialog } from "../../../core/ui/Dialog";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { Skeleton } from "../../../core/ui/Skeleton";
import { Tabs } from "../../../core/ui/Tabs";
import css from "./readers.module.css";

type Side = "read" | "unread" | "confirmed";

export default function Readers({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation("chat");
  const [side, setSide] = useState<Side>(message.confirm ? "confirmed" : "unread");
  const asked = useReaders(message, side);
  const counts = asked.data?.pages[0];
  const sides: Side[] = message.confirm ? ["confirmed", "read", "unread"] : ["read", "unread"];
  const tabs = sides.map((id) => ({
    id,
    label: t(`readers.${id}`, { count: counts?.[id] ?? 0 }),
    content: <People asked={asked} />,
  }));
  return (
    <Dialog open onClose={onClose} title={t("readers.title")}>
      <Tabs label={t("readers.title")} tabs={tabs} value={side} onChange={setSide} />
    </Dialog>
  );
}

/** Asked again whenever somebody reads or confirms it. */
function useReaders(message: Message, side: Side) {
  const { room, seq, rev } = message;
  const unread = useUnread(message);
  return useInfiniteQuery({
    queryKey: ["room", room, "readers", seq, side, rev, unread],
    placeholderData: keepPreviousData,
    initialPageParam: "",
    staleTime: 0,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/rooms/{room}/messages/{seq}/readers", {
          params: {
            path: { room, seq: String(seq) },
            query: { side, ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

function People({ asked }: { asked: ReturnType<typeof useReaders> }) {
  const { t } = useTranslation("chat");
  if (asked.isPending) return <Skeleton rows={4} avatars />;
  if (asked.isError) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />;
  const people = asked.data.pages.flatMap((page) => page.items);
  if (people.length === 0) return <p className={css.none}>{t("readers.nobody")}</p>;
  return (
    <>
      <ul className={css.list}>
        {people.map((person) => (
          <li key={person.id} className={css.one}>
            <Avatar id={person.id} name={person.name} url={person.avatar} size="small" />
            {person.name}
          </li>
        ))}
      </ul>
      {asked.hasNextPage && (
        <Button small busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t("panel.more")}
        </Button>
      )}
    </>
  );
}
