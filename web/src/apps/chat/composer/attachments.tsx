/** The files of a message that is being written, with how far each has gone up. */
import { FileText, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../core/ui/IconButton";
import { sizeOf } from "../format";
import { removeUpload, useUploads, type Upload } from "./uploads";
import css from "./attachments.module.css";

export function Attachments({ place }: { place: string }) {
  const uploads = useUploads(place);
  if (uploads.length === 0) return null;
  return (
    <ul className={css.list}>
      {uploads.map((item) => (
        <One key={item.id} place={place} item={item} />
      ))}
    </ul>
  );
}

function One({ place, item }: { place: string; item: Upload }) {
  const { t } = useTranslation("chat");
  const percent = Math.round(item.progress * 100);
  return (
    <li className={css.one}>
      {item.preview ? (
        <img className={css.picture} src={item.preview} alt="" />
      ) : (
        <FileText className={css.icon} aria-hidden />
      )}
      <span className={css.words}>
        <span className={css.name}>{item.name}</span>
        <span className={css.state}>
          {item.state === "failed" && <em className={css.failed}>{t("compose.uploadFailed")}</em>}
          {item.state === "going" && t("compose.uploading", { percent })}
          {item.state === "done" && sizeOf(item.size)}
        </span>
        {item.state === "going" && (
          <progress className={css.bar} max={1} value={item.progress} aria-label={item.name} />
        )}
      </span>
      <IconButton
        small
        icon={X}
        label={t("compose.removeFile", { name: item.name })}
        onClick={() => removeUpload(place, item.id)}
      />
    </li>
  );
}
