/** One line of text with its label, a hint and, where something is wrong, a sentence. */
import { Search } from "lucide-react";
import { useId, type ComponentProps, type ReactNode, type Ref } from "react";
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

/** Ties a control to its label and to the sentence under it. */
function useTies({ hint, error }: Pick<Shared, "hint" | "error">) {
  const id = useId();
  const note = hint || error ? `${id}-note` : undefined;
  return { id, "aria-describedby": note, "aria-invalid": error ? true : undefined };
}

export type TextFieldProps = Given<"input"> & Shared & { ref?: Ref<HTMLInputElement> };

export function TextField({ label, value, onChange, hint, error, ...rest }: TextFieldProps) {
  const ties = useTies({ hint, error });
  return (
    <Framed label={label} id={ties.id} hint={hint} error={error}>
      <input
        {...rest}
        {...ties}
        className={css.control}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Framed>
  );
}

export type TextAreaProps = Given<"textarea"> & Shared & { ref?: Ref<HTMLTextAreaElement> };

export function TextArea({ label, value, onChange, hint, error, ...rest }: TextAreaProps) {
  const ties = useTies({ hint, error });
  return (
    <Framed label={label} id={ties.id} hint={hint} error={error}>
      <textarea
        {...rest}
        {...ties}
        className={classes(css.control, css.area)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Framed>
  );
}

function Framed({
  label,
  id,
  hint,
  error,
  children,
}: Pick<Shared, "label" | "hint" | "error"> & { id: string; children: ReactNode }) {
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      {children}
      {(error || hint) && (
        <p id={`${id}-note`} className={error ? css.error : css.hint} aria-live="polite">
          {error || hint}
        </p>
      )}
    </div>
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
