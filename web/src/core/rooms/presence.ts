/** Who is here and who is typing: coarse, lossy, and forgotten with the connection. */
import type { PresenceState } from "../api";
import type { Clock } from "../live/clock";
import { Watched } from "./watched";

const TYPING_MS = 6_000;
const TYPING_EVERY_MS = 3_000;
const WATCH_LIMIT = 200;
const WATCH_WAIT_MS = 200;

export interface PresenceOptions {
  clock: Clock;
  watch(people: string[]): void;
  typing(room: string, thread: number | null): void;
}

export class Presence extends Watched {
  private readonly options: PresenceOptions;
  private readonly states = new Map<string, PresenceState>();
  private readonly wanted = new Map<string, number>();
  private readonly typists = new Map<string, Map<string, () => void>>();
  private readonly told = new Map<string, number>();
  private planned = false;

  constructor(options: PresenceOptions) {
    super();
    this.options = options;
  }

  get(person: string): PresenceState | undefined {
    return this.states.get(person);
  }

  /** Asks to be told about a person until the answer is called. */
  want(person: string): () => void {
    this.wanted.set(person, (this.wanted.get(person) ?? 0) + 1);
    this.watchSoon();
    return () => {
      const left = (this.wanted.get(person) ?? 1) - 1;
      if (left > 0) this.wanted.set(person, left);
      else this.wanted.delete(person);
    };
  }

  /** After a new connection the server knows nothing of what we watch. */
  renew(): void {
    this.states.clear();
    this.changed();
    this.watchSoon();
  }

  seen(people: Record<string, PresenceState>): void {
    for (const [person, state] of Object.entries(people)) this.states.set(person, state);
    this.changed();
  }

  typed(room: string, thread: number | null, person: string): void {
    const key = placeOf(room, thread);
    const people = this.typists.get(key) ?? new Map<string, () => void>();
    this.typists.set(key, people);
    people.get(person)?.();
    const cancel = this.options.clock.after(TYPING_MS, () => this.stopped(room, thread, person));
    people.set(person, cancel);
    this.changed();
  }

  /** A message from somebody ends the typing line at once. */
  stopped(room: string, thread: number | null, person: string): void {
    const people = this.typists.get(placeOf(room, thread));
    const cancel = people?.get(person);
    if (!cancel) return;
    cancel();
    people!.delete(person);
    this.changed();
  }

  typing(room: string, thread: number | null): string[] {
    return [...(this.typists.get(placeOf(room, thread))?.keys() ?? [])];
  }

  /** I am typing: says so, but not at every key. */
  iType(room: string, thread: number | null): void {
    const now = this.options.clock.now();
    const key = placeOf(room, thread);
    if (now - (this.told.get(key) ?? 0) < TYPING_EVERY_MS) return;
    this.told.set(key, now);
    this.options.typing(room, thread);
  }

  private watchSoon(): void {
    if (this.planned) return;
    this.planned = true;
    this.options.clock.after(WATCH_WAIT_MS, () => {
      this.planned = false;
      this.options.watch([...this.wanted.keys()].slice(0, WATCH_LIMIT));
    });
  }
}

function placeOf(room: string, thread: number | null): string {
  return `${room} ${thread ?? ""}`;
}
