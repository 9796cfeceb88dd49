/** The files of a message: pictures with their size kept free, sound and film to play, others as rows. */
import { Download, FileText } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { File } from "../../../core/api";
import { late } from "../../../core/fetched";
import { sizeOf } from "../format";
import css from "./files.module.css";

const Lightbox = late(() => import("../dialogs/lightbox"));

/** The longest side of a picture in the list, in rem. */
const WIDEST = 22;
const TALLEST = 18;
const REM = 16;

export function Files({ files }: { files: File[] }) {
  const [open, setOpen] = useState<string | null>(null);
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  return (
    <div className={css.files}>
      {pictures.length > 0 && (
        <div className={css.pictures}>
          {pictures.map((file) => (
            <Picture key={file.id} file={file} onOpen={() => setOpen(file.id)} />
          ))}
        </div>
      )}
      {others.map((file) => (
        <OtherFile key={file.id} file={file} />
      ))}
      {open && (
        <Suspense>
          <Lightbox pictures={pictures} first={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}

const isPicture = (file: File): boolean =>
  file.mime.startsWith("image/") &&
  file.mime !== "image/svg+xml" &&
  file.width !== null &&
  file.height !== null;

function Picture({ file, onOpen }: { file: File; onOpen: () => void }) {
  const { t } = useTranslation("chat");
  const [broken, setBroken] = useState(false);
  if (broken) return <OtherFile file={file} />;
  const width = file.width ?? 1;
  const height = file.height ?? 1;
  const rem = Math.min(WIDEST, width / REM, (TALLEST * width) / height);
  const box = { width: `${Math.max(rem, 3)}rem`, aspectRatio: `${width} / ${height}` };
  return (
    <button
      type="button"
      className={css.picture}
      style={box}
      onClick={onOpen}
      aria-label={t("message.openImage", { name: file.name })}
    >
      <img
        src={file.thumb ? `${file.url}?thumb=1` : file.url}
        width={width}
        height={height}
        alt={file.name}
        loading="lazy"
        onError={() => setBroken(true)}
      />
    </button>
  );
}

function OtherFile({ file }: { file: File }) {
  if (file.mime.startsWith("audio/")) {
    return (
      <figure className={css.media}>
        {/* eslint-disable-next-line jsx-a11y/media-has-caption -- people's recordings have none */}
        <audio controls preload="metadata" src={file.url} />
        <FileRow file={file} />
      </figure>
    );
  }
  if (file.mime.startsWith("video/")) {
    return (
      <figure className={css.media}>
        {/* eslint-disable-next-line jsx-a11y/media-has-caption -- people's recordings have none */}
        <video controls preload="metadata" src={file.url} className={css.film} />
        <FileRow file={file} />
      </figure>
    );
  }
  return <FileRow file={file} />;
}

export function FileRow({ file }: { file: File }) {
  const { t } = useTranslation("chat");
  return (
    <a
      className={css.row}
      href={file.url}
      download={file.name}
      title={t("message.download", { name: file.name })}
    >
      <FileText className={css.icon} aria-hidden />
      <span className={css.name}>{file.name}</span>
      <span className={css.size}>{sizeOf(file.size)}</span>
      <Download className={css.arrow} aria-hidden />
    </a>
  );
}
