/** A refusal in a sentence, with a way to try again where that may help. */
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../words/errors";
import { Button } from "./Button";
import css from "./ErrorNote.module.css";

export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  return (
    <div className={css.note} role="alert">
      <CircleAlert className={css.icon} aria-hidden />
      <span className={css.words}>{sentenceOf(error)}</span>
      {onRetry && (
        <Button small onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}
