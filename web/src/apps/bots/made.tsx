/**
 * A robot's addresses, just made: the one time that they can be copied.
 *
 * The form of Slack and Mattermost knows no signature, so a robot that wants one has no such address.
 */
import { useTranslation } from "react-i18next";
import type { RobotMade } from "../../core/api";
import { Button } from "../../core/ui/Button";
import { CopyField } from "../../core/ui/CopyField";
import { Dialog } from "../../core/ui/Dialog";
import { curlLine } from "./rules";
import css from "./bots.module.css";

export function MadeDialog({
  made: { robot, address, hook },
  title,
  onClose,
}: {
  made: RobotMade;
  title: string;
  onClose: () => void;
}) {
  const { t } = useTranslation("bots");
  const done = (
    <Button look="primary" onClick={onClose}>
      {t("made.kept")}
    </Button>
  );
  const said = [t("made.hello"), ...robot.keywords.slice(0, 1)].join(" ");
  return (
    <Dialog open wide onClose={onClose} title={title} text={t("made.once")} actions={done}>
      {!robot.signed && <Copied title={t("made.hook")} text={t("made.hook_for")} copy={hook} />}
      <Copied title={t("made.address")} text={t("made.address_for")} copy={address} />
      {!robot.signed && (
        <Copied title={t("made.curl")} text={t("made.curl_for")} copy={curlLine(hook, said)} />
      )}
    </Dialog>
  );
}

function Copied({ title, text, copy }: { title: string; text: string; copy: string }) {
  return (
    <section className={css.copied}>
      <h3 className={css.label}>{title}</h3>
      <p className={css.detail}>{text}</p>
      <CopyField label={title} text={copy} />
    </section>
  );
}
