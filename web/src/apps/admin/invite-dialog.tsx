/** Invites people: one link with a QR code for many, or a pasted list with a link for each. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invite } from "../../core/api";
import { Button } from "../../core/ui/Button";
import { Dialog } from "../../core/ui/Dialog";
import { InviteForm } from "./invite-form";
import { MadeInvites } from "./made-invites";

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["admin", "core"]);
  const [made, setMade] = useState<Invite[] | null>(null);
  if (made === null) return <InviteForm onClose={onClose} onMade={setMade} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("invites.made", { count: made.length })}
      text={t("invites.made_text")}
      actions={
        <>
          <Button onClick={() => setMade(null)}>{t("invites.another")}</Button>
          <Button look="primary" onClick={onClose}>
            {t("core:close")}
          </Button>
        </>
      }
    >
      <MadeInvites invites={made} />
    </Dialog>
  );
}
