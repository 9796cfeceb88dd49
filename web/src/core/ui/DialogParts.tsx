/** The inside of Dialog.tsx, fetched when a dialog first opens. */
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import type { DialogProps } from "./Dialog";
import { IconButton } from "./IconButton";
import css from "./Dialog.module.css";

/** The first thing to fill in, else the dialog itself: never the button that closes it. */
const firstToFill = (dialog: HTMLElement | null): HTMLElement | null =>
  dialog?.querySelector<HTMLElement>("input:not([type=hidden]), textarea, [role=combobox]") ??
  dialog;

export function FullDialog({
  open,
  onClose,
  title,
  text,
  children,
  actions,
  wide = false,
}: DialogProps) {
  const { t } = useTranslation();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={css.scrim} />
        <Base.Popup
          ref={popup}
          initialFocus={() => firstToFill(popup.current)}
          className={classes(css.dialog, wide && css.wide)}
        >
          <header className={css.head}>
            <Base.Title className={css.title}>{title}</Base.Title>
            <Base.Close render={<IconButton label={t("close")} icon={X} small />} />
          </header>
          <div className={css.body}>
            {text && <Base.Description className={css.text}>{text}</Base.Description>}
            {children}
          </div>
          {actions && <footer className={css.actions}>{actions}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
