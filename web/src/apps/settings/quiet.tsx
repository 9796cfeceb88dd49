/** The hours in which nothing rings. */
import { useTranslation } from "react-i18next";
import { useMe } from "../../core/session";
import { changeSettings } from "../../core/shell/commands";
import { Card } from "../../core/ui/Card";
import { Switch } from "../../core/ui/Switch";
import { TextField } from "../../core/ui/TextField";
import css from "./quiet.module.css";

const USUAL = { quiet_from: "22:00", quiet_to: "07:00" };
const NEVER = { quiet_from: null, quiet_to: null };

const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const turn = (quiet: boolean): void =>
  void changeSettings(quiet ? { ...USUAL, timezone: zoneHere() } : NEVER);

export function Quiet() {
  const { t } = useTranslation("settings");
  const { settings } = useMe().person;
  const on = settings.quiet_from !== null && settings.quiet_to !== null;
  return (
    <Card>
      <Switch label={t("quiet.keep")} hint={t("quiet.text")} checked={on} onChange={turn} />
      {on && (
        <>
          <div className={css.hours}>
            <TextField
              label={t("quiet.from")}
              type="time"
              required
              value={settings.quiet_from ?? ""}
              onChange={(from) => from && void changeSettings({ quiet_from: from })}
            />
            <TextField
              label={t("quiet.to")}
              type="time"
              required
              value={settings.quiet_to ?? ""}
              onChange={(to) => to && void changeSettings({ quiet_to: to })}
            />
          </div>
          <p className={css.zone}>{t("quiet.zone", { zone: settings.timezone })}</p>
        </>
      )}
    </Card>
  );
}
