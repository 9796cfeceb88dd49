/** The organisation on screen, and the way to another. */
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { chooseOrg, useMe, useOrg } from "../session";
import { initialsOf } from "../ui/initials";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../ui/Menu";
import { openLayer } from "./openness";
import css from "./OrgMenu.module.css";

export function OrgMenu() {
  const { t } = useTranslation();
  const org = useOrg();
  return (
    <Menu
      side="right"
      trigger={
        <button type="button" className={css.org}>
          <span aria-hidden>{initialsOf(org.name)}</span>
          <span className="visually-hidden">{t("frame.org", { name: org.name })}</span>
        </button>
      }
    >
      <OrgChoice />
      <MenuLine />
      <MenuItem icon={Plus} label={t("command.new_org")} onSelect={() => openLayer("new-org")} />
    </Menu>
  );
}

/** My organisations as a choice in a menu; another one starts at its first page. */
export function OrgChoice() {
  const { t } = useTranslation();
  const { orgs } = useMe();
  const org = useOrg();
  const [, go] = useLocation();
  return (
    <MenuChoice
      label={t("frame.orgs")}
      value={org.id}
      options={orgs.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id) => {
        chooseOrg(id);
        go("/");
      }}
    />
  );
}
