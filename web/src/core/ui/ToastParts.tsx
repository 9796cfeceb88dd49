/** Short news in a corner that goes by itself: `toast(t("saved"))` from anywhere. */
import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../words/errors";
import { IconButton } from "./IconButton";
import css from "./Toast.module.css";

const manager = Base.createToastManager();
const SHOWN_MS = 5000;

/** Tells something; `action` is one way on, such as an undo. */
export function toast(text: string, action?: { label: string; run: () => void }): void {
  manager.add({
    description: text,
    timeout: SHOWN_MS,
    actionProps: action && { children: action.label, onClick: action.run },
  });
}

/** Tells what went wrong, in a sentence; read aloud at once. */
export function toastError(error: unknown): void {
  manager.add({ description: sentenceOf(error), type: "error", priority: "high" });
}

function List() {
  const { t } = useTranslation();
  const { toasts } = Base.useToastManager();
  return toasts.map((item) => (
    <Base.Root key={item.id} toast={item} className={css.toast} swipeDirection={["down", "right"]}>
      <Base.Description className={css.text} />
      {item.actionProps && <Base.Action className={css.action} />}
      <Base.Close render={<IconButton label={t("close")} icon={X} small />} />
    </Base.Root>
  ));
}

/** The corner itself; stands once in the frame. */
export function Toasts() {
  return (
    <Base.Provider toastManager={manager}>
      <Base.Portal>
        <Base.Viewport className={css.corner}>
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}
