/** What can be done about one person: their work, a sign-in link, stopping and restoring the account. */
import { Ellipsis, KeyRound, PenLine, UserRoundCheck, UserRoundX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../core/api";
import { useMe, useOrg } from "../../core/session";
import { mayManage } from "../../core/session/rules";
import { Confirm } from "../../core/ui/Confirm";
import { IconButton } from "../../core/ui/IconButton";
import { Menu, MenuItem, MenuLine } from "../../core/ui/Menu";
import { toast } from "../../core/ui/Toast";
import { deactivate, reactivate } from "./actions";
import { LinkDialog } from "./link-dialog";
import { WorkDialog } from "./work-dialog";

type Open = "work" | "link" | "deactivate" | "reactivate" | null;

export function PersonMenu({ member }: { member: Member }) {
  const { t } = useTranslation("admin");
  const org = useOrg();
  const me = { id: useMe().person.id, role: org.role };
  const [open, setOpen] = useState<Open>(null);
  const others = mayManage(me, member) && !member.robot;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={t("people.more_of", { name: member.name })} icon={Ellipsis} small />
        }
      >
        <MenuItem icon={PenLine} label={t("work.edit")} onSelect={() => setOpen("work")} />
        {others && member.active && (
          <>
            <MenuItem icon={KeyRound} label={t("link.make")} onSelect={() => setOpen("link")} />
            <MenuLine />
            <MenuItem
              icon={UserRoundX}
              label={t("people.deactivate")}
              danger
              onSelect={() => setOpen("deactivate")}
            />
          </>
        )}
        {others && !member.active && (
          <MenuItem
            icon={UserRoundCheck}
            label={t("people.reactivate")}
            onSelect={() => setOpen("reactivate")}
          />
        )}
      </Menu>
      {open === "work" && <WorkDialog member={member} onClose={() => setOpen(null)} />}
      {open === "link" && <LinkDialog member={member} onClose={() => setOpen(null)} />}
      <TurnConfirm member={member} open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function TurnConfirm({
  member,
  open,
  onClose,
}: {
  member: Member;
  open: Open;
  onClose: () => void;
}) {
  const { t } = useTranslation("admin");
  const org = useOrg().id;
  const { name, id } = member;
  return (
    <>
      <Confirm
        open={open === "deactivate"}
        onClose={onClose}
        title={t("people.deactivate_title", { name })}
        text={t("people.deactivate_text")}
        action={t("people.deactivate")}
        danger
        onConfirm={async () => {
          await deactivate(org, id);
          toast(t("people.deactivated", { name }));
        }}
      />
      <Confirm
        open={open === "reactivate"}
        onClose={onClose}
        title={t("people.reactivate_title", { name })}
        text={t("people.reactivate_text")}
        action={t("people.reactivate")}
        onConfirm={async () => {
          await reactivate(org, id);
          toast(t("people.reactivated", { name }));
        }}
      />
    </>
  );
}
