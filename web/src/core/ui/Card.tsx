/** A bordered group of lines under a heading, for settings and facts. */
import type { ReactNode } from "react";
import css from "./Card.module.css";

export function Card({
  title,
  text,
  buttons,
  children,
}: {
  title?: string;
  text?: ReactNode;
  /** Beside the heading. */
  buttons?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section className={css.card}>
      {(title || buttons) && (
        <header className={css.head}>
          <div>
            {title && <h2 className={css.title}>{title}</h2>}
            {text && <p className={css.text}>{text}</p>}
          </div>
          {buttons}
        </header>
      )}
      {children && <div className={css.body}>{children}</div>}
    </section>
  );
}

/** Buttons at the end of a form. */
export const FormEnd = ({ children }: { children: ReactNode }) => (
  <div className={css.end}>{children}</div>
);
