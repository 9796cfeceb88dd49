/** One thing to tick, in a form or a list. */
import { useId } from "react";
import css from "./Checks.module.css";

export function Checkbox({
  label,
  hint,
  checked,
  onChange,
  disabled = false,
}: {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <label className={css.line}>
      <input
        type="checkbox"
        className={css.box}
        checked={checked}
        disabled={disabled}
        aria-labelledby={id}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={css.words}>
        <span id={id}>{label}</span>
        {hint && <span className={css.hint}>{hint}</span>}
      </span>
    </label>
  );
}
