/** Says in words that the connection is gone, what still works, and what waits to be sent. */
import { CloudOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConnection } from "../live/connection";
import css from "./OfflineBar.module.css";

/** A short break is nobody's business. */
const PATIENCE_MS = 2500;

export function OfflineBar() {
  const { t } = useTranslation();
  const { status, since, queued } = useConnection();
  const late = useLate(status !== "online", since);
  if (!late) return <div role="status" />;
  const words = status === "offline" ? t("offline.gone") : t("offline.again");
  return (
    <div className={css.bar} role="status">
      <CloudOff className={css.icon} aria-hidden />
      <span>
        {words} {queued > 0 && t("offline.queued", { count: queued })}
      </span>
    </div>
  );
}

/** True once something has lasted longer than the patience. */
function useLate(lasting: boolean, since: number): boolean {
  const [lateSince, setLateSince] = useState<number | null>(null);
  useEffect(() => {
    if (!lasting) return;
    const wait = Math.max(0, since + PATIENCE_MS - Date.now());
    const timer = setTimeout(() => setLateSince(since), wait);
    return () => clearTimeout(timer);
  }, [lasting, since]);
  return lasting && lateSince === since;
}
