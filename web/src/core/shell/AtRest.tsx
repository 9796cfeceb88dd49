/** What is fetched only once the first view stands and the browser rests: tooltips, menus, dialogs. */
import { lazy, Suspense, useEffect, useState } from "react";
import { dialogParts } from "../ui/Dialog";
import { menuParts } from "../ui/Menu";
import { popoverParts } from "../ui/Popover";

const SOON_MS = 1500;
const TooltipLayer = lazy(() => import("../ui/TooltipLayer"));

export function AtRest() {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(true);
      for (const part of [menuParts, popoverParts, dialogParts]) void part.load();
    }, SOON_MS);
    return () => clearTimeout(timer);
  }, []);
  return <Suspense>{rested && <TooltipLayer />}</Suspense>;
}
