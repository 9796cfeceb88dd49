/** The inside of Toast.tsx, fetched with the first news. */
import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./IconButton";
import { useNews, type News } from "./Toast";
import css from "./Toast.module.css";

const manager = Base.createToastManager();
const SHOWN_MS = 5000;

function add({ text, action, wrong }: News): void {
  manager.add({
    description: text,
    timeout: SHOWN_MS,
    actionProps: action && { children: action.label, onClick: action.run },
    ...(wrong && { type: "error", priority: "high" as const }),
  });
}

/** Shows what was told before the corner stood, and all that is told after. */
function useWaiting(): void {
  const waiting = useNews((news) => news.waiting);
  useEffect(() => {
    if (waiting.length === 0) return;
    for (const news of waiting) add(news);
    useNews.setState({ waiting: [] });
  }, [waiting]);
}

function List() {
  const { t } = useTranslation();
  const { toasts } = Base.useToastManager();
  useWaiting();
  return toasts.map((item) => (
    <Base.Root key={item.id} toast={item} className={css.toast} swipeDirection={["down", "right"]}>
      <Base.Description className={css.text} />
      {item.actionProps && <Base.Action className={css.action} />}
      <Base.Close render={<IconButton label={t("close")} icon={X} small />} />
    </Base.Root>
  ));
}

export default function Corner() {
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
