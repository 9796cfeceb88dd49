/** A few pages of one thing, side by side; only the chosen one is drawn. */
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import css from "./Tabs.module.css";

export interface Tab<T extends string> {
  id: T;
  label: string;
  content: ReactNode;
}

export function Tabs<T extends string>({
  label,
  tabs,
  value,
  onChange,
}: {
  /** What the tabs are about, read aloud. */
  label: string;
  tabs: readonly Tab<T>[];
  value: T;
  onChange: (id: T) => void;
}) {
  return (
    <Base.Root value={value} onValueChange={(next: T) => onChange(next)} className={css.tabs}>
      <Base.List className={css.list} aria-label={label}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.id} value={tab.id} className={css.tab}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className={css.panel}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
