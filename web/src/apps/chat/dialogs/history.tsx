/** The earlier versions of an edited message, newest first. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api, type Message } from "../../../core/api";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { Skeleton } from "../../../core/ui/Skeleton";
import { currentLang } from "../../../core/words";
import { shortTime } from "../format";
import css from "./history.module.css";

export default function History({ message }: { message: Message }) {
  const { t } = useTranslation("chat");
  const { room, seq, rev } = message;
  const edits = useQuery({
    queryKey: ["room", room, "edits", seq, rev],
    queryFn: () =>
      answer(
        api.GET("/api/rooms/{room}/messages/{seq}/edits", {
          params: { path: { room, seq: String(seq) } },
        }),
      ),
  });
  if (edits.isPending) return <Skeleton rows={2} />;
  if (edits.isError) return <ErrorNote error={edits.error} onRetry={() => void edits.refetch()} />;
  return (
    <ol className={css.list}>
      {edits.data.items
        .toSorted((a, b) => b.version - a.version)
        .map((edit) => (
          <li key={edit.version} className={css.one}>
            <p className={css.head}>
              {t("message.version", { n: edit.version })} ·{" "}
              {shortTime(edit.at, Date.now(), currentLang())}
            </p>
            <p className={css.text}>{edit.text}</p>
          </li>
        ))}
    </ol>
  );
}
