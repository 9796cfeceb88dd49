/** An invitation: sign up by it, or take it with the account that is signed in. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { answer, api, type InviteCard, type Me } from "../api";
import { meQuery } from "../session";
import { Button } from "../ui/Button";
import { ErrorNote } from "../ui/ErrorNote";
import { Skeleton } from "../ui/Skeleton";
import { currentLang } from "../words";
import { sentenceOf } from "../words/errors";
import { arrive, takeToken } from "./arrive";
import { EntryForm, EntryPage } from "./EntryPage";
import { NewcomerFields, NOBODY, otherError } from "./fields";

const FIELDS = ["name", "email", "password"];

export default function Join() {
  const { t } = useTranslation();
  const [token] = useState(takeToken);
  const { data: me, isPending: asking } = useQuery(meQuery);
  const invite = useQuery({
    queryKey: ["invite", token],
    queryFn: () => answer(api.GET("/api/invites/{token}", { params: { path: { token } } })),
    enabled: token !== "",
  });
  if (token === "") return <EntryPage title={t("join.broken")} text={t("join.broken_text")} />;
  if (invite.error)
    return (
      <EntryPage title={t("join.broken")} text={sentenceOf(invite.error)}>
        <Button onClick={() => void invite.refetch()}>{t("retry")}</Button>
      </EntryPage>
    );
  if (!invite.data || asking)
    return (
      <EntryPage title={t("join.asking")}>
        <Skeleton rows={3} />
      </EntryPage>
    );
  return me ? (
    <Accept token={token} invite={invite.data} me={me} />
  ) : (
    <SignUp token={token} invite={invite.data} />
  );
}

function useArrival() {
  const [, go] = useLocation();
  return (me: Me) => {
    arrive(me);
    go("/", { replace: true });
  };
}

function useWords({ org_name: org, role, room_name: room }: InviteCard) {
  const { t } = useTranslation();
  const as = t("join.as", { role: t(`role.${role}`) });
  return {
    title: t("join.title", { org }),
    text: room === null ? as : `${as} ${t("join.room", { room })}`,
  };
}

function SignUp({ token, invite }: { token: string; invite: InviteCard }) {
  const { t } = useTranslation();
  const arrived = useArrival();
  const [who, setWho] = useState({ ...NOBODY, email: invite.email ?? "" });
  const joining = useMutation({
    mutationFn: () => {
      const body = { ...who, lang: currentLang() };
      return answer(api.POST("/api/invites/{token}", { params: { path: { token } }, body }));
    },
    onSuccess: arrived,
  });
  return (
    <EntryPage {...useWords(invite)}>
      <EntryForm onSubmit={() => joining.mutate()}>
        <NewcomerFields
          value={who}
          onChange={setWho}
          error={joining.error}
          fixedEmail={invite.email !== null}
        />
        <ErrorNote error={otherError(joining.error, FIELDS)} />
        <Button look="primary" type="submit" wide busy={joining.isPending}>
          {t("join.go")}
        </Button>
        <Button look="quiet" wide render={<Link href={signInAndReturn(token)} />}>
          {t("join.have_account")}
        </Button>
      </EntryForm>
    </EntryPage>
  );
}

const signInAndReturn = (token: string): string =>
  `/sign-in?next=${encodeURIComponent(`/join#${token}`)}`;

function Accept({ token, invite, me }: { token: string; invite: InviteCard; me: Me }) {
  const { t } = useTranslation();
  const arrived = useArrival();
  const joining = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/invites/{token}/accept", { params: { path: { token } } })),
    onSuccess: arrived,
  });
  return (
    <EntryPage {...useWords(invite)}>
      <p>{t("join.signed_in", { name: me.person.name, email: me.person.email })}</p>
      <EntryForm onSubmit={() => joining.mutate()}>
        <ErrorNote error={joining.error} />
        <Button look="primary" type="submit" wide busy={joining.isPending}>
          {t("join.accept")}
        </Button>
      </EntryForm>
    </EntryPage>
  );
}
