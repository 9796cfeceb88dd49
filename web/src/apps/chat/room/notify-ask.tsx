/** One quiet line that offers notifications; the browser is asked only after the click. */
import { Bell } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../core/ui/Button";
import { mayAsk } from "../notify";
import css from "./notify-ask.module.css";

const KEPT = "narae.notify.later";

export function NotifyAsk() {
  const { t } = useTranslation("chat");
  const [open, setOpen] = useState(() => mayAsk() && localStorage.getItem(KEPT) === null);
  if (!open) return null;
  const done = () => {
    localStorage.setItem(KEPT, "1");
    setOpen(false);
  };
  const turnOn = () => void Notification.requestPermission().finally(done);
  return (
    <div className={css.line}>
      <Bell className={css.icon} aria-hidden />
      <span className={css.words}>{t("notify.ask")}</span>
      <Button small look="plain" onClick={turnOn}>
        {t("notify.on")}
      </Button>
      <Button small look="quiet" onClick={done}>
        {t("notify.later")}
      </Button>
    </div>
  );
}
