/** A choice of one from a short list. */
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { useId } from "react";
import { classes } from "./classes";
import field from "./Field.module.css";
import popup from "./Menu.module.css";
import css from "./Select.module.css";

export interface Option<T extends string> {
  value: T;
  label: string;
}

const OFFSET = 4;

export function Select<T extends string>({
  label,
  value,
  onChange,
  options,
  hideLabel = false,
  disabled = false,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  hideLabel?: boolean;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className={field.field}>
      <span id={id} className={hideLabel ? "visually-hidden" : field.label}>
        {label}
      </span>
      <Base.Root
        items={options}
        value={value}
        disabled={disabled}
        onValueChange={(next) => next !== null && onChange(next)}
      >
        <Base.Trigger className={classes(field.control, css.trigger)} aria-labelledby={id}>
          <Base.Value />
          <Base.Icon className={css.arrow} render={<ChevronDown aria-hidden />} />
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner className={popup.layer} sideOffset={OFFSET} alignItemWithTrigger={false}>
            <Base.Popup className={classes(popup.popup, css.popup)} aria-labelledby={id}>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={popup.item}>
                  <Base.ItemText className={css.text}>{option.label}</Base.ItemText>
                  <Base.ItemIndicator className={popup.tick} render={<Check aria-hidden />} />
                </Base.Item>
              ))}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  );
}
