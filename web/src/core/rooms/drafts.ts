/** What I am writing in each room and thread: kept at once here, and a little later for my other devices. */
import type { Clock } from "../live/clock";
import { Watched } from "./watched";

const SAVE_MS = 800;

/** The part of `localStorage` that is used. */
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface DraftsOptions {
  clock: Clock;
  shelf: Shelf;
  /** Tells the server; false if it could not be told now. */
  save(room: string, thread: number | null, text: string): boolean;
}

const PREFIX = "narae.draft.";

export class Drafts extends Watched {
  private readonly options: DraftsOptions;
  private readonly texts = new Map<string, string>();
  private readonly unsaved = new Map<string, () => void>();

  constructor(options: DraftsOptions) {
    super();
    this.options = options;
    for (const key of keysOf(options.shelf, PREFIX)) {
      const place = key.slice(PREFIX.length);
      this.texts.set(place, options.shelf.getItem(key) ?? "");
      this.saveSoon(place);
    }
  }

  get(room: string, thread: number | null): string {
    return this.texts.get(placeOf(room, thread)) ?? "";
  }

  has(room: string, thread: number | null): boolean {
    return this.texts.has(placeOf(room, thread));
  }

  /** I typed. The shelf keeps it until the server has it. */
  write(room: string, thread: number | null, text: string): void {
    const place = placeOf(room, thread);
    if ((this.texts.get(place) ?? "") === text) return;
    this.texts.set(place, text);
    keep(this.options.shelf, PREFIX + place, text);
    this.saveSoon(place);
    this.changed();
  }

  /** Another device wrote, or the server remembers; what I am typing here wins. */
  heard(room: string, thread: number | null, text: string): void {
    const place = placeOf(room, thread);
    if (this.unsaved.has(place) || (this.texts.get(place) ?? "") === text) return;
    this.texts.set(place, text);
    this.changed();
  }

  /** Saves what waits, when the connection is back. */
  flush(): void {
    for (const place of this.unsaved.keys()) this.save(place);
  }

  private saveSoon(place: string): void {
    this.unsaved.get(place)?.();
    this.unsaved.set(
      place,
      this.options.clock.after(SAVE_MS, () => this.save(place)),
    );
  }

  private save(place: string): void {
    const [room, thread] = place.split(" ") as [string, string];
    const saved = this.options.save(
      room,
      thread === "" ? null : Number(thread),
      this.texts.get(place) ?? "",
    );
    if (!saved) return;
    this.unsaved.get(place)?.();
    this.unsaved.delete(place);
    this.options.shelf.removeItem(PREFIX + place);
  }
}

/** Every key on the shelf that starts so. */
export function keysOf(shelf: Shelf, prefix: string): string[] {
  const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? "");
  return keys.filter((key) => key.startsWith(prefix));
}

/** Keeps a value; a full or forbidden shelf is no reason to stop people from writing. */
export function keep(shelf: Shelf, key: string, value: string): void {
  try {
    shelf.setItem(key, value);
  } catch {
    // Then it lives in memory only.
  }
}

function placeOf(room: string, thread: number | null): string {
  return `${room} ${thread ?? ""}`;
}
