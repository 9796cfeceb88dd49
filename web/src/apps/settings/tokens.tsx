/** Access tokens for scripts and other programs; a secret is shown once. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, queryClient, type Token } from "../../core/api";
import { Button } from "../../core/ui/Button";
import { Card } from "../../core/ui/Card";
import { Confirm } from "../../core/ui/Confirm";
import { EmptyState } from "../../core/ui/EmptyState";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { ago, date } from "../../core/words/time";
import { TOKENS } from "./keys";
import { NewTokenDialog } from "./new-token";
import css from "./rows.module.css";

export function Tokens() {
  const { t } = useTranslation("settings");
  const [making, setMaking] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: TOKENS,
    queryFn: () => answer(api.GET("/api/me/tokens")),
  });
  if (isPending) return <Skeleton rows={3} />;
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const make = (
    <Button look="primary" onClick={() => setMaking(true)}>
      {t("tokens.make")}
    </Button>
  );
  return (
    <>
      {data.items.length === 0 ? (
        <EmptyState icon={KeyRound} text={t("tokens.none")} action={make} />
      ) : (
        <Card title={t("tokens.title")} text={t("tokens.text")} buttons={make}>
          <ul className={css.rows}>
            {data.items.map((token) => (
              <Row key={token.id} token={token} />
            ))}
          </ul>
        </Card>
      )}
      {making && <NewTokenDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function Row({ token }: { token: Token }) {
  const { t } = useTranslation(["settings", "core"]);
  const [asking, setAsking] = useState(false);
  const removing = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/me/tokens/{token}", { params: { path: { token: token.id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: TOKENS }),
  });
  const scopes = token.scopes.map((scope) => t(`scope.${scope}`)).join(" · ");
  const used =
    token.used_at === null ? t("tokens.unused") : t("tokens.used", { when: ago(token.used_at) });
  const ends =
    token.expires_at === null
      ? t("tokens.endless")
      : t("tokens.ends", { when: date(token.expires_at) });
  return (
    <li className={css.row}>
      <div className={css.words}>
        <strong>{token.name}</strong>
        <span className={css.detail}>{[scopes, used, ends].join(" — ")}</span>
      </div>
      <Button small onClick={() => setAsking(true)}>
        {t("core:delete")}
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t("tokens.delete_title", { name: token.name })}
        text={t("tokens.delete_text")}
        action={t("core:delete")}
        danger
        onConfirm={() => removing.mutateAsync()}
      />
    </li>
  );
}
