/** The slots of the frame that a page fills: its header, its body, and the panel on the right. */
import { ArrowLeft, X } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { create } from "zustand";
import { classes } from "../ui/classes";
import { IconButton } from "../ui/IconButton";
import { useLayer } from "./layers";
import { useTitle } from "./titles";
import css from "./panes.module.css";

interface Panes {
  /** Where the panel is drawn; the frame sets it. */
  place: HTMLElement | null;
  /** How many panels are on screen. */
  panels: number;
}

export const usePanes = create<Panes>(() => ({ place: null, panels: 0 }));

/** The head of a page: a title, a second line, buttons, and on a phone the way back. */
export function PageHeader({
  title,
  detail,
  back,
  children,
}: {
  title: string;
  detail?: ReactNode;
  /** Where back leads on a phone. */
  back?: string;
  /** Buttons. */
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  useTitle(title);
  return (
    <header className={css.header}>
      {back && (
        <span className={css.back}>
          <IconButton label={t("back")} icon={ArrowLeft} render={<Link href={back} />} />
        </span>
      )}
      <div className={css.heading}>
        <h1 className={css.title}>{title}</h1>
        {detail && <div className={css.detail}>{detail}</div>}
      </div>
      {children && <div className={css.buttons}>{children}</div>}
    </header>
  );
}

/** The scrolling body under a page's header; `narrow` for forms and text. */
export function PageBody({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard where nothing in it takes the focus
    <div className={css.body} tabIndex={0}>
      <div className={classes(css.column, narrow && css.narrow)}>{children}</div>
    </div>
  );
}

/** The right panel while this is on screen: a thread, members, a card. Esc closes it. */
export function Panel({
  title,
  onClose,
  buttons,
  children,
}: {
  title: string;
  onClose: () => void;
  buttons?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const place = usePanes((panes) => panes.place);
  useLayer(onClose);
  useEffect(() => {
    usePanes.setState(({ panels }) => ({ panels: panels + 1 }));
    return () => usePanes.setState(({ panels }) => ({ panels: panels - 1 }));
  }, []);
  if (!place) return null;
  return createPortal(
    <section className={css.panel} aria-label={title}>
      <header className={css.header}>
        <h2 className={classes(css.title, css.heading)}>{title}</h2>
        <div className={css.buttons}>
          {buttons}
          <IconButton label={t("close")} icon={X} onClick={onClose} />
        </div>
      </header>
      <div className={css.panelBody}>{children}</div>
    </section>,
    place,
  );
}
