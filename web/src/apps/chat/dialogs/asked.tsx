/** A dialog that a robot asks me to fill: its fields, what is wrong with them, and sending it. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  answer,
  api,
  type DialogAnswer,
  type DialogAsked,
  type DialogElement,
} from "../../../core/api";
import { Button } from "../../../core/ui/Button";
import { Checkbox } from "../../../core/ui/Checkbox";
import { Dialog } from "../../../core/ui/Dialog";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { Select } from "../../../core/ui/Select";
import { TextArea, TextField } from "../../../core/ui/TextField";
import { valuesOf, whyNot, type Fault } from "./fields";
import css from "./asked.module.css";

const FORM = "asked";

const send = (id: string, values: Record<string, string>, cancelled: boolean) =>
  answer<DialogAnswer>(
    api.POST("/api/dialogs/{dialog}", {
      params: { path: { dialog: id } },
      body: { values, cancelled },
    }),
  );

interface Props {
  dialog: DialogAsked;
  onClose: () => void;
}

export default function Asked({ dialog, onClose }: Props) {
  const { t } = useTranslation("chat");
  const [values, setValues] = useState(() => valuesOf(dialog.elements));
  const [faults, setFaults] = useState<Record<string, Fault>>({});
  const sending = useMutation({
    mutationFn: () => send(dialog.id, values, false),
    onSuccess: ({ errors, error }) => {
      setFaults(errors);
      if (Object.keys(errors).length === 0 && !error) onClose();
    },
  });
  const cancel = () => {
    void send(dialog.id, {}, true).catch(() => undefined);
    onClose();
  };
  const submit = () => {
    const found = whyNot(dialog.elements, values);
    setFaults(found);
    if (Object.keys(found).length === 0) sending.mutate();
  };
  const actions = (
    <>
      <Button onClick={cancel}>{t("ask.cancel")}</Button>
      <Button look="primary" type="submit" form={FORM} busy={sending.isPending}>
        {dialog.submit_label || t("ask.submit")}
      </Button>
    </>
  );
  const text = dialog.introduction || t("ask.from", { name: dialog.name });
  return (
    <Dialog open onClose={cancel} title={dialog.title} text={text} actions={actions}>
      <form
        id={FORM}
        noValidate
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {dialog.elements.map((element) => (
          <Element
            key={element.name}
            element={element}
            value={values[element.name] ?? ""}
            fault={faults[element.name]}
            onChange={(value) => setValues((all) => ({ ...all, [element.name]: value }))}
          />
        ))}
        {sending.data?.error && (
          <p className={css.wrong} role="alert">
            {sending.data.error}
          </p>
        )}
        <ErrorNote error={sending.error} />
      </form>
    </Dialog>
  );
}

interface ElementProps {
  element: DialogElement;
  value: string;
  fault: Fault | undefined;
  onChange: (value: string) => void;
}

function Element(props: ElementProps) {
  const { element, value, fault, onChange } = props;
  const { t } = useTranslation("chat");
  const label = element.optional
    ? `${element.display_name} ${t("ask.optional")}`
    : element.display_name;
  const error = useSentence(fault, element);
  const hint = element.help_text || undefined;
  switch (element.type) {
    case "textarea":
    case "text": {
      const Field = element.type === "text" ? Line : TextArea;
      const { placeholder, subtype } = element;
      return <Field {...{ label, value, onChange, hint, error, placeholder }} subtype={subtype} />;
    }
    case "bool":
      return (
        <Noted error={error}>
          <Checkbox
            label={label}
            {...(hint ? { hint } : {})}
            checked={value === "true"}
            onChange={(on) => onChange(String(on))}
          />
        </Noted>
      );
    case "select":
      return (
        <Noted error={error} hint={hint}>
          <Choices label={label} element={element} value={value} onChange={onChange} />
        </Noted>
      );
    default:
      return (
        <Noted error={error} hint={hint}>
          <Radios label={label} element={element} value={value} onChange={onChange} />
        </Noted>
      );
  }
}

type LineProps = React.ComponentProps<typeof TextField> & { subtype: DialogElement["subtype"] };

/** Numbers are typed as text, so that a half-typed one is not lost. */
function Line({ subtype, ...rest }: LineProps) {
  const number = subtype === "number";
  return (
    <TextField
      {...rest}
      type={number ? "text" : subtype}
      {...(number && { inputMode: "decimal" })}
    />
  );
}

/** The server's sentence, or ours for its codes. */
function useSentence(fault: Fault | undefined, element: DialogElement): string | undefined {
  const { t } = useTranslation("chat");
  switch (fault) {
    case "needed":
    case "not_number":
    case "no_option":
      return t(`ask.${fault}`);
    case "too_short":
      return t("ask.too_short", { count: element.min_length });
    case "too_long":
      return t("ask.too_long", { count: element.max_length });
    default:
      return fault;
  }
}

function Noted({
  error,
  hint,
  children,
}: {
  error: string | undefined;
  hint?: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <div className={css.noted}>
      {children}
      {hint && <p className={css.hint}>{hint}</p>}
      {error && (
        <p className={css.wrong} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  element: DialogElement;
  value: string;
  onChange: (value: string) => void;
}

function Choices({ label, element, value, onChange }: ChoiceProps) {
  const { t } = useTranslation("chat");
  const options = element.options.map((option) => ({ value: option.value, label: option.text }));
  const none = { value: "", label: element.placeholder || t("ask.pick") };
  return <Select label={label} value={value} onChange={onChange} options={[none, ...options]} />;
}

function Radios({ label, element, value, onChange }: ChoiceProps) {
  return (
    <fieldset className={css.radios}>
      <legend>{label}</legend>
      {element.options.map((option) => (
        <label key={option.value} className={css.radio}>
          <input
            type="radio"
            name={element.name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}
