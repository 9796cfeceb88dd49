/** What is fetched only once the first view stands and the browser rests: tooltips, menus, dialogs. */
import { useEffect, useState } from "react";
import { dialogParts } from "../ui/Dialog";
import { menuParts } from "../ui/Menu";
import { kept } from "../ui/onDemand";
import { popoverParts } from "../ui/Popover";

const SOON_MS = 1500;
const tooltips = kept(() => import("../ui/TooltipLayer"));

/** Its first letters would go elsewhere if it had to be fetched when its key is pressed. */
export const palette = kept(() => import("./Palette"));

export function AtRest() {
  const [, setHere] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of [menuParts, popoverParts, dialogParts, palette]) part.warm();
      void tooltips.load().then(
        () => setHere(true),
        () => undefined,
      );
    }, SOON_MS);
    return () => clearTimeout(timer);
  }, []);
  const parts = tooltips.now();
  return parts && <parts.default />;
}
