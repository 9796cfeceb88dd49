/** For somebody who is signed in but in no organisation: begin one, or wait for an invitation. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../session";
import { signOut } from "../shell/commands";
import { useLook } from "../shell/look";
import NewOrg from "../shell/NewOrg";
import { Button } from "../ui/Button";
import { EntryPage } from "./EntryPage";

export default function NoOrg() {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  useLook(useMe().person);
  return (
    <EntryPage title={t("no_org.title")} text={t("no_org.text")}>
      <Button look="primary" wide onClick={() => setMaking(true)}>
        {t("command.new_org")}
      </Button>
      <Button wide onClick={() => void signOut()}>
        {t("command.sign_out")}
      </Button>
      {making && <NewOrg onClose={() => setMaking(false)} />}
    </EntryPage>
  );
}
