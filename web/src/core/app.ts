/**
 * What an app of the client is: one frozen value, exported as `app` by src/apps/<name>/index.ts.
 *
 * An app is a page in the frame. Importing its index only makes values: the page and sidebar are
 * lazy, so that the first view stays small. The frame gets all apps handed in from main.tsx.
 */
import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { Lang, MyOrg } from "./api";
import type { Command } from "./commands";

/** One thing that the palette can go to. */
export interface Found {
  id: string;
  title: string;
  detail?: string;
  icon?: LucideIcon;
  /** Shown in place of an icon. */
  avatar?: { id: string; name: string; url: string | null };
  open: () => void;
}

/** A kind of thing that the palette looks through, for example rooms. */
export interface Finder {
  id: string;
  /** The group's heading, already in the reader's language. */
  title: () => string;
  /** At most ten, best first. `query` is trimmed; "" asks for what is at hand (recent). */
  find: (query: string, about: { org: string; signal: AbortSignal }) => Promise<Found[]> | Found[];
}

export interface ClientApp {
  /** The folder's name; also its i18next namespace. */
  name: string;
  /** On the rail, before the app's own words are loaded. */
  title: Record<Lang, string>;
  icon: LucideIcon;
  /** Where it lives, for example "/chat"; every path below belongs to it. */
  path: string;
  /** Fills the page slot. Use `late`. It draws its own <PageHeader>. */
  page: ComponentType;
  /** Fills the sidebar slot; on a phone it is what shows at `path` itself. */
  sidebar?: ComponentType;
  /** `import.meta.glob("./words/*.json")`. */
  words: Record<string, () => Promise<unknown>>;
  /** Whether it stands on the rail; true unless said otherwise. */
  rail?: boolean;
  /** Place on the rail, small first; 50 unless said otherwise. */
  order?: number;
  /** Whether this person in this organisation may see it; everybody unless said otherwise. */
  may?: (org: MyOrg) => boolean;
  /** A hook: the count on the rail's badge. `strong` counts address me (mentions, direct talks). */
  useBadge?: () => { count: number; strong: boolean };
  /** Rows of the one table of commands (palette, menus, help). */
  commands?: readonly Command[];
  /** What the palette finds. */
  finders?: readonly Finder[];
}
