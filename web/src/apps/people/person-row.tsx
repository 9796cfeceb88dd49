/** One person in the directory, with the shortest way to write to them. */
import { MessageCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../core/api";
import { PersonLine } from "../../core/people/PersonLine";
import { useMe, useOrg } from "../../core/session";
import { Mark } from "../../core/ui/Badge";
import { IconButton } from "../../core/ui/IconButton";
import { toastError } from "../../core/ui/Toast";
import { openDirect } from "../chat/public";
import { useWork } from "./work";
import css from "./person-row.module.css";

export function PersonRow({ member, onOpen }: { member: Member; onOpen: () => void }) {
  const { t } = useTranslation("people");
  const org = useOrg().id;
  const me = useMe().person.id;
  return (
    <li className={css.row}>
      <button type="button" className={css.open} onClick={onOpen}>
        <PersonLine member={member} detail={useWork(member)} marks={<Marks member={member} />} />
      </button>
      {member.id !== me && (
        <IconButton
          label={t("write_to", { name: member.name })}
          icon={MessageCircle}
          onClick={() => void openDirect(org, member.id).catch(toastError)}
        />
      )}
    </li>
  );
}

/** What sets somebody apart: a guest, a robot, those who manage, oneself. */
export function Marks({ member }: { member: Member }) {
  const { t } = useTranslation(["people", "core"]);
  const me = useMe().person.id;
  return (
    <>
      {member.id === me && <Mark tone="accent">{t("me")}</Mark>}
      {member.robot && <Mark>{t("robot")}</Mark>}
      {member.role !== "member" && !member.robot && <Mark>{t(`core:role.${member.role}`)}</Mark>}
    </>
  );
}
