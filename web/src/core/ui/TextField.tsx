/** One line of text with its label, a hint and, where something is wrong, a sentence. */
import { Field } from "@base-ui/react/field";
import { Search } from "lucide-react";
import type { ComponentProps, ReactNode, Ref } from "react";
import { classes } from "./classes";
import css from "./Field.module.css";

type Given<Tag extends "input" | "textarea"> = Omit<
  ComponentProps<Tag>,
  "value" | "onChange" | "defaultValue" | "className" | "ref" | "children"
>;

interface Shared {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: string | null | undefined;
}

export type TextFieldProps = Given<"input"> & Shared & { ref?: Ref<HTMLInputElement> };

export function TextField({ label, value, onChange, hint, error, ...rest }: TextFieldProps) {
  return (
    <Field.Root className={css.field} invalid={Boolean(error)}>
      <Field.Label className={css.label}>{label}</Field.Label>
      <Field.Control
        {...rest}
        className={css.control}
        value={value}
        onValueChange={(next) => onChange(next)}
      />
      <Notes hint={hint} error={error} />
    </Field.Root>
  );
}

export type TextAreaProps = Given<"textarea"> & Shared & { ref?: Ref<HTMLTextAreaElement> };

export function TextArea({ label, value, onChange, hint, error, ...rest }: TextAreaProps) {
  return (
    <Field.Root className={css.field} invalid={Boolean(error)}>
      <Field.Label className={css.label}>{label}</Field.Label>
      <Field.Control
        className={classes(css.control, css.area)}
        value={value}
        onValueChange={(next) => onChange(next)}
        render={<textarea {...rest} />}
      />
      <Notes hint={hint} error={error} />
    </Field.Root>
  );
}

function Notes({ hint, error }: Pick<Shared, "hint" | "error">) {
  return (
    <>
      {hint && !error && <Field.Description className={css.hint}>{hint}</Field.Description>}
      <Field.Error className={css.error} match={Boolean(error)}>
        {error}
      </Field.Error>
    </>
  );
}

/** A search box; its label is read aloud and stands in it as a placeholder. */
export function SearchField({
  label,
  value,
  onChange,
  ...rest
}: Given<"input"> & Pick<Shared, "label" | "value" | "onChange">) {
  return (
    <div className={css.searchBox}>
      <Search className={css.searchIcon} aria-hidden />
      <input
        {...rest}
        type="search"
        aria-label={label}
        placeholder={label}
        className={classes(css.control, css.search)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
