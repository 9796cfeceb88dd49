/** Signing in by password, with words for those who were sent a link. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, useLocation, useSearch } from "wouter";
import { answer, api, ApiError } from "../api";
import { meNow } from "../session";
import { nextOf } from "../shell/Gate";
import { Button } from "../ui/Button";
import { ErrorNote } from "../ui/ErrorNote";
import { TextField } from "../ui/TextField";
import { arrive } from "./arrive";
import { EntryForm, EntryPage } from "./EntryPage";
import { fieldError, otherError } from "./fields";
import css from "./SignIn.module.css";

export default function SignIn() {
  const { t } = useTranslation();
  const next = nextOf(useSearch());
  const { data: hello } = useQuery({
    queryKey: ["hello"],
    queryFn: () => answer(api.GET("/api/hello")),
  });
  if (meNow()) return <Redirect to={next} replace />;
  if (hello?.setup) return <EntryPage title={t("sign_in.new_server")} text={t("sign_in.setup")} />;
  return (
    <EntryPage title={t("sign_in.title")}>
      <PasswordForm next={next} />
      <details className={css.more}>
        <summary>{t("sign_in.link")}</summary>
        <p>{t("sign_in.link_text")}</p>
      </details>
    </EntryPage>
  );
}

function PasswordForm({ next }: { next: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const entering = useMutation({
    mutationFn: () => answer(api.POST("/api/sign-in", { body: { email, password } })),
    onSuccess(me) {
      arrive(me);
      go(next, { replace: true });
    },
  });
  const rest = useRest(entering.error);
  return (
    <EntryForm onSubmit={() => entering.mutate()}>
      <TextField
        label={t("field.email")}
        type="email"
        name="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={setEmail}
        error={fieldError(entering.error, "email")}
      />
      <TextField
        label={t("field.password")}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={setPassword}
        error={fieldError(entering.error, "password")}
      />
      <ErrorNote error={rest} />
      <Button look="primary" type="submit" wide busy={entering.isPending}>
        {t("sign_in.go")}
      </Button>
    </EntryForm>
  );
}

/** What no field shows. The server does not say which of the two was wrong, so neither do we. */
function useRest(error: unknown): unknown {
  const { t } = useTranslation();
  if (error instanceof ApiError && error.status === 401)
    return new ApiError(t("sign_in.wrong"), { status: error.status, code: "wrong" });
  return otherError(error, ["email", "password"]);
}
