/** A one-time sign-in link for somebody who lost their password. */
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Member } from "../../core/api";
import { useOrg } from "../../core/session";
import { Button } from "../../core/ui/Button";
import { CopyField } from "../../core/ui/CopyField";
import { Dialog } from "../../core/ui/Dialog";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { dateTime } from "../../core/words/time";
import { signInLink } from "./actions";

export function LinkDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation(["admin", "core"]);
  const org = useOrg().id;
  const making = useMutation({ mutationFn: () => signInLink(org, member.id) });
  const { data: link } = making;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("link.title", { name: member.name })}
      text={link ? t("link.until", { when: dateTime(link.expires_at) }) : t("link.text")}
      actions={
        link ? (
          <Button look="primary" onClick={onClose}>
            {t("core:close")}
          </Button>
        ) : (
          <Button look="primary" busy={making.isPending} onClick={() => making.mutate()}>
            {t("link.make")}
          </Button>
        )
      }
    >
      {link && <CopyField label={t("link.title", { name: member.name })} text={link.url} />}
      <ErrorNote error={making.error} />
    </Dialog>
  );
}
