/** Where I am signed in, each of which I can sign out. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api, queryClient, type Session } from "../../core/api";
import { Mark } from "../../core/ui/Badge";
import { Button } from "../../core/ui/Button";
import { Card } from "../../core/ui/Card";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { toastError } from "../../core/ui/Toast";
import { ago } from "../../core/words/time";
import { SESSIONS } from "./keys";
import css from "./rows.module.css";

export function Devices() {
  const { t } = useTranslation("settings");
  const { data, error, isPending, refetch } = useQuery({
    queryKey: SESSIONS,
    queryFn: () => answer(api.GET("/api/me/sessions")),
  });
  if (isPending) return <Skeleton rows={3} />;
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  return (
    <Card title={t("devices.title")} text={t("devices.text")}>
      <ul className={css.rows}>
        {data.items.map((session) => (
          <Device key={session.id} session={session} />
        ))}
      </ul>
    </Card>
  );
}

function Device({ session }: { session: Session }) {
  const { t } = useTranslation("settings");
  const ending = useMutation({
    mutationFn: () =>
      answer(
        api.DELETE("/api/me/sessions/{session}", { params: { path: { session: session.id } } }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: SESSIONS }),
    onError: toastError,
  });
  return (
    <li className={css.row}>
      <div className={css.words}>
        <strong>{session.device}</strong>
        <span className={css.detail}>
          {[session.ip, t("devices.seen", { when: ago(session.seen_at) })]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </div>
      {session.current ? (
        <Mark tone="accent">{t("devices.this")}</Mark>
      ) : (
        <Button small busy={ending.isPending} onClick={() => ending.mutate()}>
          {t("devices.end")}
        </Button>
      )}
    </li>
  );
}
