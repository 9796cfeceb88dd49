/** A layer that asks or tells one thing; Esc closes it and the focus goes back. */
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import { IconButton } from "./IconButton";
import css from "./Dialog.module.css";

export function Dialog({
  open,
  onClose,
  title,
  text,
  children,
  actions,
  wide = false,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  wide?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={css.scrim} />
        <Base.Popup className={classes(css.dialog, wide && css.wide)}>
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
