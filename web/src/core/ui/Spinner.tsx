/** A turning ring that shows itself only when waiting takes longer than 300 ms. */
import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import css from "./Spinner.module.css";

export function Spinner({ small = false }: { small?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={classes(css.ring, small && css.small)} role="status" aria-label={t("wait")} />
  );
}
