/** One thing to tick, in a form or a list. */
import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";
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
      <Base.Root
        className={css.box}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        aria-labelledby={id}
      >
        <Base.Indicator render={<Check className={css.tick} aria-hidden />} />
      </Base.Root>
      <span className={css.words}>
        <span id={id}>{label}</span>
        {hint && <span className={css.hint}>{hint}</span>}
      </span>
    </label>
  );
}
