/** Something that is on or off at once, with its label on the left. */
import { Switch as Base } from "@base-ui/react/switch";
import { useId } from "react";
import { classes } from "./classes";
import css from "./Checks.module.css";

export function Switch({
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
    <label className={classes(css.line, css.between)}>
      <span className={css.words}>
        <span id={id}>{label}</span>
        {hint && <span className={css.hint}>{hint}</span>}
      </span>
      <Base.Root
        className={css.track}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        aria-labelledby={id}
      >
        <Base.Thumb className={css.thumb} />
      </Base.Root>
    </label>
  );
}
