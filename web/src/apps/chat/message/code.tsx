/** A block of code, its words coloured by class, with a button that copies it. */
import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../core/ui/IconButton";
import { toast } from "../../../core/ui/Toast";
import css from "./code.module.css";

export function CodeBlock({ lang, parts }: { lang: string; parts: [string, string][] }) {
  const { t } = useTranslation("chat");
  const copy = async () => {
    await navigator.clipboard.writeText(parts.map(([, words]) => words).join(""));
    toast(t("message.copied"));
  };
  return (
    <figure className={css.block}>
      <figcaption className={css.head}>
        <span>{lang}</span>
        <IconButton small label={t("message.copyCode")} icon={Copy} onClick={() => void copy()} />
      </figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines are scrolled by keys */}
      <pre className={css.code} tabIndex={0}>
        <code>
          {parts.map(([kind, words], place) => (
            <span key={place} className={kind === "" ? undefined : css[kind]}>
              {words}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}
