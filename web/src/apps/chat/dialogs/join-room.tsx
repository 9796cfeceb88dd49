/** The rooms that anybody may join, with a button for each. */
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { navigate } from "wouter/use-browser-location";
import { answer, api, type PublicRoom } from "../../../core/api";
import { useOrg } from "../../../core/session";
import { Button } from "../../../core/ui/Button";
import { Dialog } from "../../../core/ui/Dialog";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { SearchField } from "../../../core/ui/TextField";
import { join } from "../actions";
import { AskedList } from "../finds/asked-list";
import css from "./people-picker.module.css";

export default function JoinRoom({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("chat");
  const [words, setWords] = useState("");
  const asked = usePublicRooms(useDeferredValue(words.trim()));
  return (
    <Dialog open onClose={onClose} title={t("new.joinTitle")}>
      <SearchField label={t("new.joinFind")} value={words} onChange={setWords} autoFocus />
      <div className={css.people}>
        <AskedList asked={asked} empty={<p className={css.none}>{t("new.noPublic")}</p>}>
          {(room) => <One key={room.id} room={room} onClose={onClose} />}
        </AskedList>
      </div>
    </Dialog>
  );
}

function One({ room, onClose }: { room: PublicRoom; onClose: () => void }) {
  const { t } = useTranslation("chat");
  const open = () => {
    onClose();
    navigate(`/chat/${room.id}`);
  };
  const joining = useMutation({ mutationFn: () => join(room.id), onSuccess: open });
  return (
    <div className={css.room}>
      <span className={css.words}>
        <span className={css.name}>{room.name}</span>
        <span className={css.title}>
          {[t("room.members", { count: room.member_count }), room.topic]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <ErrorNote error={joining.error} />
      </span>
      <Button
        small
        look={room.joined ? "plain" : "primary"}
        busy={joining.isPending}
        onClick={() => (room.joined ? open() : joining.mutate())}
      >
        {t(room.joined ? "new.open" : "new.join")}
      </Button>
    </div>
  );
}

function usePublicRooms(query: string) {
  const org = useOrg().id;
  return useInfiniteQuery({
    queryKey: ["org", org, "rooms", query],
    initialPageParam: "",
    staleTime: 0,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/orgs/{org}/rooms", {
          params: {
            path: { org },
            query: { ...(query ? { query } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}
