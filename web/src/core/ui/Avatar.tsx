/** A person's picture, or their initials in one of eight muted inks that stays the same. */
import { initialsOf, inkOf } from "./initials";
import { classes } from "./classes";
import css from "./Avatar.module.css";

const THUMB = "?thumb=1";

export function Avatar({
  id,
  name,
  url,
  size = "normal",
  presence,
}: {
  /** Decides the ink. */
  id: string;
  name: string;
  url: string | null;
  size?: "small" | "normal" | "large";
  presence?: "on" | "away" | "off" | undefined;
}) {
  const ink = inkOf(id);
  const look = { color: `var(--ink-${ink})`, background: `var(--ink-bed-${ink})` };
  return (
    <span className={classes(css.avatar, css[size])} aria-hidden>
      {url ? (
        <img className={css.picture} src={url + THUMB} alt="" loading="lazy" />
      ) : (
        <span className={css.initials} style={look}>
          {initialsOf(name)}
        </span>
      )}
      {presence && presence !== "off" && <i className={classes(css.dot, css[presence])} />}
    </span>
  );
}
