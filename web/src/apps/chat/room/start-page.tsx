/** What the wide screen shows while no room is chosen. */
import { MessagesSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useTitle } from "../../../core/shell/titles";
import { Button } from "../../../core/ui/Button";
import { EmptyState } from "../../../core/ui/EmptyState";
import { ask } from "../asking";
import css from "./room.module.css";

export function StartPage() {
  const { t } = useTranslation("chat");
  useTitle(t("title"));
  return (
    <div className={css.middle}>
      <EmptyState
        icon={MessagesSquare}
        text={t("start.title")}
        action={
          <Button look="primary" onClick={() => ask({ kind: "new-room" })}>
            {t("start.button")}
          </Button>
        }
        example={
          <Button
            look="quiet"
            small
            onClick={() => ask({ kind: "new-room", name: t("start.exampleName") })}
          >
            {t("start.example")}
          </Button>
        }
      />
    </div>
  );
}
