/** The apps, in a column on the left; on a phone the bar at the bottom. */
import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { ClientApp } from "../app";
import { useOrg } from "../session";
import { Badge } from "../ui/Badge";
import { classes } from "../ui/classes";
import { Tooltip } from "../ui/Tooltip";
import { currentLang } from "../words";
import { OrgMenu } from "./OrgMenu";
import { openLayer } from "./openness";
import { ProfileMenu } from "./ProfileMenu";
import { useUnreadInTitle } from "./titles";
import css from "./Rail.module.css";

const noBadge = () => ({ count: 0, strong: false });

export const isIn = (app: ClientApp, place: string): boolean =>
  place === app.path || place.startsWith(`${app.path}/`);

export function Rail({ apps }: { apps: readonly ClientApp[] }) {
  const { t } = useTranslation();
  const org = useOrg();
  const shown = apps.filter((app) => (app.rail ?? true) && (app.may?.(org) ?? true));
  return (
    <nav className={css.rail} aria-label={t("frame.apps")}>
      <div className={css.top}>
        <OrgMenu />
      </div>
      <ul className={css.apps}>
        {shown.map((app) => (
          <RailApp key={app.name} app={app} />
        ))}
        <li>
          <Tooltip label={t("command.palette")} keys="mod+k" side="right">
            <button type="button" className={css.app} onClick={() => openLayer("palette")}>
              <Search className={css.icon} aria-hidden />
              <span className={css.name}>{t("frame.find")}</span>
            </button>
          </Tooltip>
        </li>
      </ul>
      <div className={css.bottom}>
        <ProfileMenu apps={apps} />
      </div>
    </nav>
  );
}

function RailApp({ app }: { app: ClientApp }) {
  const { t } = useTranslation();
  const [place] = useLocation();
  // eslint-disable-next-line react/hooks -- an app has the same hook for as long as the page lives
  const { count, strong } = (app.useBadge ?? noBadge)();
  useUnreadInTitle(app.name, count);
  const here = isIn(app, place);
  const Icon = app.icon;
  return (
    <li>
      <Link
        href={app.path}
        className={classes(css.app, here && css.here)}
        aria-current={here ? "page" : undefined}
      >
        <Icon className={css.icon} aria-hidden />
        <span className={css.name}>{app.title[currentLang()]}</span>
        <span className={css.badge}>
          <Badge count={count} strong={strong} label={t("unread_count", { count })} />
        </span>
      </Link>
    </li>
  );
}
