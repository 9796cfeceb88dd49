/** My name and picture, as others see them. */
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type ChangeEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../core/api";
import { setMe, useMe } from "../../core/session";
import { Avatar } from "../../core/ui/Avatar";
import { Button } from "../../core/ui/Button";
import { Card, FormEnd } from "../../core/ui/Card";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { TextField } from "../../core/ui/TextField";
import { toast } from "../../core/ui/Toast";
import css from "./profile.module.css";

const AVATAR_TYPES = "image/png,image/jpeg,image/webp,image/gif";

export function Profile() {
  return (
    <>
      <Card>
        <Picture />
      </Card>
      <Card>
        <Name />
      </Card>
    </>
  );
}

const put = (picture: File) =>
  api.PUT("/api/me/avatar", {
    body: picture,
    bodySerializer: (body) => body,
    headers: { "Content-Type": picture.type },
  });

const remove = () => api.DELETE("/api/me/avatar");

function Picture() {
  const { t } = useTranslation("settings");
  const { person } = useMe();
  const input = useRef<HTMLInputElement>(null);
  const change = useRef<HTMLButtonElement>(null);
  const changing = useMutation({
    mutationFn: (picture: File | null) => answer(picture ? put(picture) : remove()),
    onSuccess(me, picture) {
      // The button that was pressed goes with the picture.
      if (picture === null) change.current?.focus();
      setMe(me);
    },
  });
  const sending = changing.isPending && changing.variables !== null;
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const picture = event.target.files?.[0];
    if (picture) changing.mutate(picture);
    event.target.value = "";
  };
  return (
    <>
      <div className={css.picture}>
        <Avatar id={person.id} name={person.name} url={person.avatar} size="large" />
        <div>
          <input
            ref={input}
            type="file"
            accept={AVATAR_TYPES}
            hidden
            aria-label={t("profile.picture")}
            onChange={chosen}
          />
          <div className={css.buttons}>
            <Button ref={change} busy={sending} onClick={() => input.current?.click()}>
              {t("profile.change_picture")}
            </Button>
            {person.avatar !== null && (
              <Button
                look="quiet"
                busy={changing.isPending && !sending}
                disabled={sending}
                onClick={() => changing.mutate(null)}
              >
                {t("profile.remove_picture")}
              </Button>
            )}
          </div>
          <p className={css.hint}>{t("profile.picture_hint")}</p>
        </div>
      </div>
      <ErrorNote error={changing.error} />
    </>
  );
}

function Name() {
  const { t } = useTranslation(["settings", "core"]);
  const { person } = useMe();
  const [name, setName] = useState(person.name);
  const saving = useMutation({
    mutationFn: () => answer(api.PATCH("/api/me", { body: { name: name.trim() } })),
    onSuccess(me) {
      setMe(me);
      toast(t("core:saved"));
    },
  });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <TextField
        label={t("core:field.name")}
        autoComplete="name"
        required
        value={name}
        onChange={setName}
      />
      <TextField
        label={t("core:field.email")}
        hint={t("profile.email_hint")}
        readOnly
        value={person.email ?? ""}
        onChange={() => undefined}
      />
      <ErrorNote error={saving.error} />
      <FormEnd>
        <Button
          look="primary"
          type="submit"
          busy={saving.isPending}
          disabled={name.trim() === "" || name.trim() === person.name}
        >
          {t("core:save")}
        </Button>
      </FormEnd>
    </form>
  );
}
