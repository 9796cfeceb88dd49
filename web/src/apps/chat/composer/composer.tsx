/** Where messages are written: text, files, names, an answer or an edit, and a draft that is never lost. */
import { Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { late } from "../../../core/fetched";
import { useMe } from "../../../core/session";
import { usePhone } from "../../../core/shell/phone";
import { placeOf } from "../view";
import { attach } from "./attach";
import { Attachments } from "./attachments";
import { Field, type FieldHandle } from "./field";
import { Foot } from "./foot";
import { Mode } from "./mode";
import { Tools } from "./tools";
import { useUploads } from "./uploads";
import { useTargets, type Query } from "./use-targets";
import { useWriting } from "./use-writing";
import css from "./composer.module.css";

const AskAll = late(() => import("../dialogs/ask-all"));

interface Props {
  head: RoomHead;
  /** The thread's root, or null for the room itself. */
  thread: number | null;
}

export function Composer({ head, thread }: Props) {
  const { t } = useTranslation("chat");
  const { settings } = useMe().person;
  const phone = usePhone();
  const field = useRef<FieldHandle>(null);
  const [query, setQuery] = useState<Query | null>(null);
  const targets = useTargets(head, query);
  const writing = useWriting({ head, thread, targets: targets.all, field });
  const place = placeOf(head.id, thread);
  const uploads = useUploads(place);
  // On a phone the focus would bring up the keyboard over what is to be read.
  useEffect(() => {
    if (!phone) field.current?.focus();
  }, [phone]);
  const onFiles = (files: Iterable<File>) => attach(head.id, thread, files, uploads.length);
  // A phone's keyboard has no Shift+Enter, so there Enter is always a new line.
  const enterSends = settings.enter_sends && !phone;
  return (
    <div className={css.composer}>
      <div className={css.box}>
        <Mode writing={writing} />
        <Attachments place={place} />
        <Field
          ref={field}
          writing={writing}
          label={t("compose.label")}
          placeholder={
            thread === null
              ? t("compose.placeholder", { name: head.name })
              : t("compose.placeholderThread")
          }
          enterSends={enterSends}
          targets={targets}
          onQuery={setQuery}
          onFiles={onFiles}
        />
        <Tools head={head} thread={thread} writing={writing} field={field} onFiles={onFiles} />
      </div>
      <Foot head={head} thread={thread} enterSends={enterSends} writing={writing} />
      {writing.askAll && (
        <Suspense>
          <AskAll head={head} onSend={writing.post} onClose={writing.endAskAll} />
        </Suspense>
      )}
    </div>
  );
}
