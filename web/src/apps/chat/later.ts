/** What nobody needs to read a room: fetched when it has stood for a moment, or when it is first wanted. */
import { useEffect } from "react";
import { kept } from "../../core/ui/onDemand";

const SOON_MS = 1500;

/** The bar and the menu of a message under the pointer. */
export const messageTools = kept(() => import("./message/tools"));

/** The finding of names after an "@". */
export const nameFinding = kept(() => import("../../core/match"));

export function useLaterParts(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      messageTools.warm();
      nameFinding.warm();
    }, SOON_MS);
    return () => clearTimeout(timer);
  }, []);
}
