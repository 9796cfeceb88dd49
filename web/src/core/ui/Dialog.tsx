/** A layer that asks or tells one thing; Esc closes it and the focus goes back. Fetched when one first opens. */
import { lazy, Suspense, useState, type ReactNode } from "react";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  wide?: boolean;
}

const FullDialog = lazy(() => import("./DialogParts"));

export function Dialog(props: DialogProps) {
  const [used, setUsed] = useState(props.open);
  if (props.open && !used) setUsed(true);
  if (!used) return null;
  return (
    <Suspense>
      <FullDialog {...props} />
    </Suspense>
  );
}
