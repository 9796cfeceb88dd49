/** One picture over the whole page; arrows go to the next one of the same message. */
import { Dialog } from "@base-ui/react/dialog";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KeyboardEvent } from "react";
import type { File } from "../../../core/api";
import { IconButton } from "../../../core/ui/IconButton";
import { sizeOf } from "../format";
import css from "./lightbox.module.css";

interface Props {
  pictures: File[];
  first: string;
  onClose: () => void;
}

export default function Lightbox({ pictures, first, onClose }: Props) {
  const { t } = useTranslation("chat");
  const [place, setPlace] = useState(() =>
    Math.max(
      0,
      pictures.findIndex((file) => file.id === first),
    ),
  );
  const file = pictures[place]!;
  const go = (step: number) => setPlace((place + step + pictures.length) % pictures.length);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") go(-1);
    if (event.key === "ArrowRight") go(1);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.scrim} />
        <Dialog.Popup className={css.box} onKeyDown={onKeyDown}>
          <header className={css.head}>
            <Dialog.Title className={css.name}>{file.name}</Dialog.Title>
            <span className={css.size}>{sizeOf(file.size)}</span>
            <a
              className={css.download}
              href={file.url}
              download={file.name}
              aria-label={t("message.download", { name: file.name })}
            >
              <Download aria-hidden />
            </a>
            <Dialog.Close render={<IconButton label={t("panel.close")} icon={X} />} />
          </header>
          <div className={css.stage}>
            {pictures.length > 1 && (
              <IconButton label={t("panel.back")} icon={ChevronLeft} onClick={() => go(-1)} />
            )}
            <img className={css.picture} src={file.url} alt={file.name} />
            {pictures.length > 1 && (
              <IconButton label={t("panel.more")} icon={ChevronRight} onClick={() => go(1)} />
            )}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
