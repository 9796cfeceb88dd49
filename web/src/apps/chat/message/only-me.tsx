/** Commands of mine that are under way, and what robots say to me alone: gone when the page is left. */
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Ask, Line } from "../../../core/rooms/asks";
import { useLive } from "../../../core/rooms/live";
import { Mark } from "../../../core/ui/Badge";
import { Button } from "../../../core/ui/Button";
import { IconButton } from "../../../core/ui/IconButton";
import { Spinner } from "../../../core/ui/Spinner";
import { give, whyNot } from "../asks";
import { Blocks } from "./blocks";
import css from "./only-me.module.css";

export default function OnlyMe({ asks, lines }: { asks: readonly Ask[]; lines: readonly Line[] }) {
  const { t } = useTranslation("chat");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asks.length + lines.length > 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [asks, lines]);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keys
    <div ref={box} className={css.box} role="log" aria-label={t("ask.list")} tabIndex={0}>
      {lines.map((line) => (
        <OneLine key={line.id} line={line} />
      ))}
      {asks.map((ask) => (
        <OneAsk key={ask.ref} ask={ask} />
      ))}
    </div>
  );
}

function OneLine({ line }: { line: Line }) {
  const { t } = useTranslation("chat");
  return (
    <div className={css.line}>
      <div className={css.words}>
        <p className={css.head}>
          {line.told && <strong className={css.name}>{line.told.name}</strong>}
          <Mark>{t("ask.onlyMe")}</Mark>
        </p>
        {line.told && <Blocks blocks={line.told.body} />}
        {line.url !== null && (
          <p className={css.way}>
            {t("ask.goTo")}{" "}
            <a href={line.url} target="_blank" rel="noopener noreferrer nofollow">
              {line.url}
            </a>
          </p>
        )}
      </div>
      <Away id={line.id} />
    </div>
  );
}

function OneAsk({ ask }: { ask: Ask }) {
  const { t } = useTranslation("chat");
  const { failed } = ask;
  return (
    <div className={css.line}>
      <div className={css.words}>
        <p className={css.typed}>{ask.about}</p>
        {failed ? (
          <p className={css.failed} role="alert">
            {t("ask.failed")} · {whyNot(failed)}{" "}
            <Button small onClick={() => void again(ask)}>
              {t("ask.again")}
            </Button>
          </p>
        ) : (
          <p className={css.waiting} role="status">
            <Spinner small /> {t("ask.waiting")}
          </p>
        )}
      </div>
      {failed && <Away id={ask.ref} />}
    </div>
  );
}

function Away({ id }: { id: string }) {
  const { t } = useTranslation("chat");
  const { asks } = useLive();
  return <IconButton small icon={X} label={t("ask.dismiss")} onClick={() => asks.dismiss(id)} />;
}

/** What nobody has answered goes again under its name; what was answered with a no is a new command. */
function again(ask: Ask): Promise<void> {
  const same = ask.failed?.code === "offline";
  return give(ask.room, ask.thread, ask.about, same ? ask.ref : undefined);
}
