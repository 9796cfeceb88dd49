/** Grey lines in the shape of what is coming, shown after 300 ms. */
import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import css from "./Skeleton.module.css";

const WIDTHS = ["62%", "88%", "45%", "74%", "56%"];

export function Skeleton({ rows = 3, avatars = false }: { rows?: number; avatars?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={css.list} role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={css.row}>
          {avatars && <span className={classes(css.bone, css.face)} />}
          <span className={css.bone} style={{ width: WIDTHS[row % WIDTHS.length] }} />
        </div>
      ))}
    </div>
  );
}
