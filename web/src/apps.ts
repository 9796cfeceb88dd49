/** The apps of the client: every folder of src/apps with an index.ts, in the order of the rail. */
import type { ClientApp } from "./core/app";

const found = import.meta.glob<ClientApp>("./apps/*/index.ts", { eager: true, import: "app" });
const USUAL_ORDER = 50;

export const apps: readonly ClientApp[] = Object.values(found).toSorted(
  (a, b) => (a.order ?? USUAL_ORDER) - (b.order ?? USUAL_ORDER),
);
