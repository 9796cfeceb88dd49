/** The buttons and menus of a card that call its app: under way, failed in words, or ready to be pressed. */
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Card, CardButton, CardChoice, Message } from "../../../core/api";
import type { Ask } from "../../../core/rooms/asks";
import { useVersion } from "../../../core/rooms/hooks";
import { useLive } from "../../../core/rooms/live";
import { Button } from "../../../core/ui/Button";
import { Confirm } from "../../../core/ui/Confirm";
import { Menu, MenuItem } from "../../../core/ui/Menu";
import { press, whyNot } from "../asks";
import { LinkButton } from "./card";
import css from "./card.module.css";

const BUTTONS = 2;

interface Props {
  card: Card;
  message: Message;
  thread: number | null;
}

export default function Presses({ card, message, thread }: Props) {
  const { asks } = useLive();
  useVersion(asks);
  const [asking, setAsking] = useState<CardButton | null>(null);
  const { room, seq } = message;
  const run = (button: string, values: Record<string, string> = {}) =>
    void press({ room, seq, thread, button, values });
  const start = (button: CardButton) => (button.sure ? setAsking(button) : run(button.id));
  const pressOf = (id: string) => asks.press(room, seq, id);
  const all = [...card.buttons, ...card.more, ...card.choices];
  const more = [...card.buttons.slice(BUTTONS), ...card.more];
  return (
    <footer className={css.buttons}>
      {card.buttons.slice(0, BUTTONS).map((button) => (
        <OneButton key={button.id} button={button} ask={pressOf(button.id)} onPress={start} />
      ))}
      {card.choices.map((choice) => (
        <OneChoice key={choice.id} choice={choice} ask={pressOf(choice.id)} onPick={run} />
      ))}
      {more.length > 0 && <More buttons={more} onPress={start} />}
      {all.map(({ id, label }) => (
        <State key={id} label={label} ask={pressOf(id)} />
      ))}
      {asking && <Sure button={asking} onClose={() => setAsking(null)} onPress={run} />}
    </footer>
  );
}

const open = (url: string) => window.open(url, "_blank", "noopener,noreferrer");

const isWaiting = (ask: Ask | undefined): boolean => ask !== undefined && ask.failed === null;

function OneButton({
  button,
  ask,
  onPress,
}: {
  button: CardButton;
  ask: Ask | undefined;
  onPress: (button: CardButton) => void;
}) {
  if (button.url !== null) return <LinkButton button={button} />;
  return (
    <Button small look={button.kind} busy={isWaiting(ask)} onClick={() => onPress(button)}>
      {button.label}
    </Button>
  );
}

function OneChoice({
  choice,
  ask,
  onPick,
}: {
  choice: CardChoice;
  ask: Ask | undefined;
  onPick: (id: string, values: Record<string, string>) => void;
}) {
  const { t } = useTranslation("chat");
  const chosen = choice.options.find((option) => option.value === choice.chosen)?.label;
  const label = chosen ? t("ask.choose", { label: choice.label, chosen }) : choice.label;
  const trigger = (
    <Button small icon={ChevronDown} busy={isWaiting(ask)}>
      {label}
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {choice.options.map(({ value, label: words }) => (
        <MenuItem key={value} label={words} onSelect={() => onPick(choice.id, { option: value })} />
      ))}
    </Menu>
  );
}

function More({
  buttons,
  onPress,
}: {
  buttons: readonly CardButton[];
  onPress: (button: CardButton) => void;
}) {
  const { t } = useTranslation("chat");
  const trigger = (
    <Button small icon={ChevronDown}>
      {t("ask.more")}
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {buttons.map((button) => (
        <MenuItem
          key={button.id}
          label={button.label}
          danger={button.kind === "danger"}
          onSelect={() => (button.url === null ? onPress(button) : open(button.url))}
        />
      ))}
    </Menu>
  );
}

function State({ label, ask }: { label: string; ask: Ask | undefined }) {
  const { t } = useTranslation("chat");
  if (!ask) return null;
  if (!ask.failed) {
    return (
      <p className={css.state} role="status">
        {label} · {t("ask.waiting")}
      </p>
    );
  }
  return (
    <p className={css.failed} role="alert">
      {label} · {whyNot(ask.failed)}
    </p>
  );
}

function Sure({
  button,
  onClose,
  onPress,
}: {
  button: CardButton;
  onClose: () => void;
  onPress: (id: string) => void;
}) {
  const { t } = useTranslation("chat");
  return (
    <Confirm
      open
      onClose={onClose}
      title={t("ask.sure")}
      text={button.sure}
      action={button.label}
      danger={button.kind === "danger"}
      onConfirm={async () => onPress(button.id)}
    />
  );
}
