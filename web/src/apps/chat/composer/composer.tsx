/** Where messages are written: text, files, names, an answer or an edit, and a draft that is never lost. */
import { AtSign, BadgeCheck, Paperclip, SendHorizontal } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { useMe } from "../../../core/session";
import { Checkbox } from "../../../core/ui/Checkbox";
import { IconButton } from "../../../core/ui/IconButton";
import { usePhone } from "../../../core/shell/phone";
import { EmojiButton } from "../emoji/button";
import { placeOf } from "../view";
import { attach } from "./attach";
import { Attachments } from "./attachments";
import { Field, type FieldHandle } from "./field";
import { Mode } from "./mode";
import { TypingLine } from "./typing-line";
import { useUploads } from "./uploads";
import { useTargets } from "./use-targets";
import { useWriting } from "./use-writing";
import css from "./composer.module.css";

const AskAll = lazy(() => import("../dialogs/ask-all"));

export function Composer({ head, thread }: { head: RoomHead; thread: number | null }) {
  const { t } = useTranslation("chat");
  const { settings } = useMe().person;
  const phone = usePhone();
  const field = useRef<FieldHandle>(null);
  const [query, setQuery] = useState<string | null>(null);
  const targets = useTargets(head, query);
  const writing = useWriting(head, thread, targets.all, field);
  const place = placeOf(head.id, thread);
  const uploads = useUploads(place);
  const onFiles = (files: Iterable<File>) => attach(head.id, thread, files, uploads.length);
  const name = head.name;
  const placeholder =
    thread === null ? t("compose.placeholder", { name }) : t("compose.placeholderThread");
  const enterSends = settings.enter_sends && !phone;
  return (
    <div className={css.composer}>
      <div className={css.box}>
        <Mode writing={writing} />
        <Attachments place={place} />
        <Field
          ref={field}
          head={head}
          value={writing.text}
          onChange={writing.write}
          label={t("compose.label")}
          placeholder={placeholder}
          enterSends={enterSends}
          targets={targets}
          onQuery={setQuery}
          onSend={writing.send}
          onFiles={onFiles}
          onEditLast={writing.editLast}
          onLeave={writing.leave}
        />
        <div className={css.tools}>
          <AttachButton onFiles={onFiles} />
          <EmojiButton
            align="start"
            label={t("compose.emoji")}
            onPick={(emoji) => field.current?.insert(emoji)}
          />
          <IconButton
            label={t("compose.mention")}
            icon={AtSign}
            onClick={() => field.current?.insert("@")}
          />
          {!head.direct && !writing.editing && (
            <IconButton
              label={t("compose.confirm")}
              icon={BadgeCheck}
              pressed={writing.confirm}
              onClick={() => writing.setConfirm(!writing.confirm)}
            />
          )}
          {thread !== null && !writing.editing && (
            <Checkbox
              label={t("compose.alsoRoom")}
              checked={writing.alsoRoom}
              onChange={writing.setAlsoRoom}
            />
          )}
          <span className={css.gap} />
          <IconButton
            label={t(writing.editing ? "compose.save" : "compose.send")}
            icon={SendHorizontal}
            look={writing.ready ? "accent" : "quiet"}
            disabled={!writing.ready}
            onClick={writing.send}
          />
        </div>
      </div>
      <Foot
        head={head}
        thread={thread}
        enterSends={enterSends}
        confirm={writing.confirm}
        over={writing.over}
      />
      {writing.askAll && (
        <Suspense>
          <AskAll head={head} onSend={writing.sendToAll} onClose={writing.endAskAll} />
        </Suspense>
      )}
    </div>
  );
}

function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation("chat");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        label={t("compose.attach")}
        icon={Paperclip}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("compose.attach")}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </>
  );
}

interface FootProps {
  head: RoomHead;
  thread: number | null;
  enterSends: boolean;
  confirm: boolean;
  /** How many characters the text is too long. */
  over: number;
}

function Foot({ head, thread, enterSends, confirm, over }: FootProps) {
  const { t } = useTranslation("chat");
  if (over > 0)
    return (
      <p className={css.over} role="alert">
        {t("compose.long", { count: over })}
      </p>
    );
  return (
    <div className={css.foot}>
      <TypingLine room={head.id} thread={thread} />
      {confirm && <span className={css.confirm}>{t("compose.confirmOn")}</span>}
      <span className={css.hint}>{t("compose.hint")}</span>
      <span className={css.hint}>
        {t(enterSends ? "compose.hintEnter" : "compose.hintModEnter")}
      </span>
    </div>
  );
}
