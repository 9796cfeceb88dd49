/** What a robot calls: its hook, its command, or where presses of its buttons go. */
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Command, Hook, Robot } from "../../core/api";
import { fieldError, otherError } from "../../core/entry/fields";
import { Button } from "../../core/ui/Button";
import { Card, FormEnd } from "../../core/ui/Card";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { TextField } from "../../core/ui/TextField";
import { toast } from "../../core/ui/Toast";
import { changeCommand, changeHook, setRequest, useWays } from "./actions";
import { draftOfHook, hookOf, isWhole } from "./asking";
import { COMMAND_FIELDS, CommandFields, HOOK_FIELDS, HookFields } from "./asking-fields";
import { TokenCard, TokenDialog } from "./token";
import css from "./bots.module.css";

export function Calling({ robot }: { robot: Robot }) {
  const { data, error, isPending } = useWays(robot.id);
  if (isPending) return <Skeleton rows={3} />;
  if (!data) return <ErrorNote error={error} />;
  const { hook, command, request } = data;
  const calls = hook !== null || command !== null || request !== null;
  return (
    <>
      {hook && <HookForm robot={robot.id} hook={hook} />}
      {command && <CommandForm robot={robot.id} command={command} />}
      {!hook && !command && <RequestForm robot={robot.id} url={request} />}
      {calls && <TokenCard robot={robot.id} />}
    </>
  );
}

/** A form in a card; `save` answers false while something is missing. */
function Form({
  title,
  text,
  whole,
  save,
  shown,
  children,
}: {
  title: string;
  text: string;
  whole: boolean;
  save: () => Promise<void>;
  shown: readonly string[];
  children: (error: unknown) => ReactNode;
}) {
  const { t } = useTranslation(["bots", "core"]);
  const saving = useMutation({ mutationFn: save, onSuccess: () => toast(t("core:saved")) });
  return (
    <Card title={title} text={text}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (whole) saving.mutate();
        }}
      >
        {children(saving.error)}
        <ErrorNote error={otherError(saving.error, shown)} />
        <FormEnd>
          <Button look="primary" type="submit" busy={saving.isPending} disabled={!whole}>
            {t("core:save")}
          </Button>
        </FormEnd>
      </form>
    </Card>
  );
}

function HookForm({ robot, hook }: { robot: string; hook: Hook }) {
  const { t } = useTranslation("bots");
  const [draft, setDraft] = useState(() => draftOfHook(hook));
  const wanted = hookOf(draft);
  return (
    <Form
      title={t("hook.card")}
      text={t("hook.card_text")}
      whole={wanted !== null}
      shown={HOOK_FIELDS}
      save={() => changeHook(robot, wanted!)}
    >
      {(error) => <HookFields draft={draft} onChange={setDraft} error={error} />}
    </Form>
  );
}

function CommandForm({ robot, command }: { robot: string; command: Command }) {
  const { t } = useTranslation("bots");
  const [draft, setDraft] = useState(command);
  return (
    <Form
      title={t("command.card")}
      text={t("command.card_text")}
      whole={isWhole(draft)}
      shown={COMMAND_FIELDS}
      save={() => changeCommand(robot, draft)}
    >
      {(error) => <CommandFields draft={draft} onChange={setDraft} error={error} />}
    </Form>
  );
}

function RequestForm({ robot, url: now }: { robot: string; url: string | null }) {
  const { t } = useTranslation("bots");
  const [url, setUrl] = useState(now ?? "");
  const [token, setToken] = useState<string | null>(null);
  const save = async () => {
    const made = await setRequest(robot, url.trim() || null);
    if (made && now === null) setToken(made);
  };
  return (
    <>
      <Form
        title={t("request.title")}
        text={t("request.text")}
        whole={url.trim() !== (now ?? "")}
        shown={["url"]}
        save={save}
      >
        {(error) => (
          <TextField
            label={t("request.url")}
            hint={t("request.url_hint")}
            type="url"
            placeholder="https://"
            value={url}
            onChange={setUrl}
            error={fieldError(error, "url")}
          />
        )}
      </Form>
      {token !== null && <TokenDialog token={token} onClose={() => setToken(null)} />}
    </>
  );
}
