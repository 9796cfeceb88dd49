/** Language, theme, density and how writing behaves; each choice holds at once, on all my devices. */
import { useTranslation } from "react-i18next";
import { answer, api, type Lang, type Settings } from "../../core/api";
import { setMe, useMe } from "../../core/session";
import { changeSettings } from "../../core/shell/commands";
import { Card } from "../../core/ui/Card";
import { Select } from "../../core/ui/Select";
import { Switch } from "../../core/ui/Switch";
import { toastError } from "../../core/ui/Toast";

const LANG_NAMES: readonly { value: Lang; label: string }[] = [
  { value: "ko", label: "한국어" },
  { value: "en", label: "English" },
  { value: "zh", label: "中文" },
];
const THEMES: readonly Settings["theme"][] = ["auto", "light", "dark"];
const DENSITIES: readonly Settings["density"][] = ["compact", "normal", "large"];

async function changeLang(lang: Lang): Promise<void> {
  try {
    setMe(await answer(api.PATCH("/api/me", { body: { lang } })));
  } catch (error) {
    toastError(error);
  }
}

export function Look() {
  const { t } = useTranslation(["settings", "core"]);
  const { person } = useMe();
  const { settings } = person;
  return (
    <>
      <Card>
        <Select
          label={t("core:language")}
          value={person.lang}
          options={LANG_NAMES}
          onChange={(lang) => void changeLang(lang)}
        />
        <Select
          label={t("core:frame.theme")}
          value={settings.theme}
          options={THEMES.map((value) => ({ value, label: t(`core:theme.${value}`) }))}
          onChange={(theme) => void changeSettings({ theme })}
        />
        <Select
          label={t("look.density")}
          value={settings.density}
          options={DENSITIES.map((value) => ({ value, label: t(`look.${value}`) }))}
          onChange={(density) => void changeSettings({ density })}
        />
      </Card>
      <Card>
        <Switch
          label={t("look.enter_sends")}
          hint={t(settings.enter_sends ? "look.enter_on" : "look.enter_off")}
          checked={settings.enter_sends}
          onChange={(on) => void changeSettings({ enter_sends: on })}
        />
        <Switch
          label={t("look.show_typing")}
          hint={t("look.show_typing_hint")}
          checked={settings.show_typing}
          onChange={(on) => void changeSettings({ show_typing: on })}
        />
      </Card>
    </>
  );
}
