/** My own avatar with what belongs to me: settings, theme, keys, signing out. */
import { Keyboard, LogOut, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { ClientApp } from "../app";
import { useConnection } from "../live/connection";
import { useMe, useOrg } from "../session";
import { Avatar } from "../ui/Avatar";
import { Menu, MenuChoice, MenuHead, MenuItem, MenuLine } from "../ui/Menu";
import { currentLang } from "../words";
import { changeSettings, signOut } from "./commands";
import { openLayer } from "./openness";
import { OrgChoice } from "./OrgMenu";
import { usePhone } from "./phone";
import css from "./ProfileMenu.module.css";

export function ProfileMenu({ apps }: { apps: readonly ClientApp[] }) {
  const { t } = useTranslation();
  const { person } = useMe();
  const phone = usePhone();
  const online = useConnection((connection) => connection.status === "online");
  return (
    <Menu
      side={phone ? "top" : "right"}
      align="end"
      trigger={
        <button type="button" className={css.me}>
          <span className="visually-hidden">{t("frame.me", { name: person.name })}</span>
          <Avatar
            id={person.id}
            name={person.name}
            url={person.avatar}
            presence={online ? "on" : "off"}
          />
        </button>
      }
    >
      <MenuHead>
        <strong className={css.name}>{person.name}</strong>
        <span className={css.email}>{person.email}</span>
      </MenuHead>
      <MenuLine />
      <OwnPages apps={apps} />
      {phone && <Orgs />}
      <MenuLine />
      <ThemeChoice />
      <MenuLine />
      {!phone && (
        <MenuItem
          icon={Keyboard}
          label={t("command.help")}
          keys="mod+/"
          onSelect={() => openLayer("help")}
        />
      )}
      <MenuItem icon={LogOut} label={t("command.sign_out")} onSelect={() => void signOut()} />
    </Menu>
  );
}

/** Apps that stand in this menu instead of on the rail. */
function OwnPages({ apps }: { apps: readonly ClientApp[] }) {
  const [, go] = useLocation();
  const org = useOrg();
  return apps
    .filter((app) => app.rail === false && (app.may?.(org) ?? true))
    .map((app) => (
      <MenuItem
        key={app.name}
        icon={app.icon}
        label={app.title[currentLang()]}
        onSelect={() => go(app.path)}
      />
    ));
}

function Orgs() {
  const { t } = useTranslation();
  return (
    <>
      <MenuLine />
      <OrgChoice />
      <MenuItem icon={Plus} label={t("command.new_org")} onSelect={() => openLayer("new-org")} />
    </>
  );
}

function ThemeChoice() {
  const { t } = useTranslation();
  const { theme } = useMe().person.settings;
  return (
    <MenuChoice
      label={t("frame.theme")}
      value={theme}
      options={[
        { value: "auto", label: t("theme.auto") },
        { value: "light", label: t("theme.light") },
        { value: "dark", label: t("theme.dark") },
      ]}
      onChange={(next) => void changeSettings({ theme: next })}
    />
  );
}
