/** A layer that asks or tells one thing; Esc closes it and the focus goes back. Fetched when one first opens. */
import { useState, type ReactNode } from "react";
import { kept, useKept } from "./onDemand";

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

export const dialogParts = kept(() => import("./DialogParts"));

export function Dialog(props: DialogProps) {
  const [used, setUsed] = useState(props.open);
  if (props.open && !used) setUsed(true);
  const parts = useKept(dialogParts, used);
  return parts && <parts.FullDialog {...props} />;
}
