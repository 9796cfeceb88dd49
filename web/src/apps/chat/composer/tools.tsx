/** The buttons under the text: files, emoji, names, the request to confirm, and sending. */
import { AtSign, BadgeCheck, Paperclip, SendHorizontal } from "lucide-react";
import { Suspense, useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { late } from "../../../core/fetched";
import { IconButton } from "../../../core/ui/IconButton";
import { EmojiButton } from "../emoji/button";
import type { FieldHandle } from "./field";
import type { Writing } from "./use-writing";
import css from "./composer.module.css";

const AlsoRoom = late(() => import("./also-room"));

interface Props {
  head: RoomHead;
  thread: number | null;
  writing: Writing;
  field: RefObject<FieldHandle | null>;
  onFiles: (files: File[]) => void;
}

export function Tools({ head, thread, writing, field, onFiles }: Props) {
  const { t } = useTranslation("chat");
  const insert = (text: string) => field.current?.insert(text);
  const fresh = writing.editing === null;
  return (
    <div className={css.tools}>
      {fresh && <AttachButton onFiles={onFiles} />}
      <EmojiButton align="start" label={t("compose.emoji")} onPick={insert} />
      <IconButton label={t("compose.mention")} icon={AtSign} onClick={() => insert("@")} />
      {fresh && !head.direct && (
        <IconButton
          label={t("compose.confirm")}
          icon={BadgeCheck}
          pressed={writing.confirm}
          onClick={() => writing.setConfirm(!writing.confirm)}
        />
      )}
      {fresh && thread !== null && (
        <Suspense>
          <AlsoRoom writing={writing} />
        </Suspense>
      )}
      <span className={css.gap} />
      <IconButton
        label={t(fresh ? "compose.send" : "compose.save")}
        icon={SendHorizontal}
        look={writing.ready ? "accent" : "quiet"}
        disabled={!writing.ready}
        onClick={writing.send}
      />
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
