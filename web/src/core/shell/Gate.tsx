/** Lets in who is signed in, and leads everybody else to the right door. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, useLocation, useSearch } from "wouter";
import { meQuery } from "../session";
import { Button } from "../ui/Button";
import { ErrorPage } from "../ui/ErrorPage";
import { Spinner } from "../ui/Spinner";
import { sentenceOf } from "../words/errors";
import css from "./Gate.module.css";

export function Gate({ children, none }: { children: ReactNode; none: ReactNode }) {
  const { t } = useTranslation();
  const [place] = useLocation();
  const search = useSearch();
  const { data: me, error, isPending, refetch } = useQuery(meQuery);
  if (isPending)
    return (
      <div className={css.wait}>
        <Spinner />
      </div>
    );
  if (me === undefined)
    return (
      <ErrorPage title={t("broken.title")} text={sentenceOf(error)} error={error}>
        <Button look="primary" onClick={() => void refetch()}>
          {t("retry")}
        </Button>
      </ErrorPage>
    );
  if (me === null) return <Redirect to={signInFor(place, search)} replace />;
  return me.orgs.length === 0 ? none : children;
}

/** The sign-in page that comes back here afterwards. */
export function signInFor(place: string, search: string): string {
  const next = search === "" ? place : `${place}?${search}`;
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** Where to go after signing in: only ever a path of our own. */
export function nextOf(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "/";
  return /^\/(?![/\\])/.test(next) ? next : "/";
}
