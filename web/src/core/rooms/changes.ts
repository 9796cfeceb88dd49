/** Asks over the socket what has changed in a room; over HTTP when there is none, or no answer comes. */
import type { Changes } from "../api";
import type { Clock } from "../live/clock";

const ANSWER_MS = 10_000;

export interface ChangesOptions {
  clock: Clock;
  post(rooms: Record<string, number>): boolean;
  fetch(room: string, since: number): Promise<Changes>;
}

interface Waiting {
  promise: Promise<Changes>;
  told(changes: Changes): void;
  giveUp(): void;
}

export class ChangesAsked {
  private readonly options: ChangesOptions;
  private readonly waiting = new Map<string, Waiting>();

  constructor(options: ChangesOptions) {
    this.options = options;
  }

  ask(room: string, since: number): Promise<Changes> {
    const key = keyOf(room, since);
    const known = this.waiting.get(key);
    if (known) return known.promise;
    if (!this.options.post({ [room]: since })) return this.options.fetch(room, since);
    let settle!: (changes: Changes | Promise<Changes>) => void;
    const promise = new Promise<Changes>((resolve) => {
      settle = (changes) => {
        this.waiting.delete(key);
        cancel();
        resolve(changes);
      };
    });
    const giveUp = () => settle(this.options.fetch(room, since));
    const cancel = this.options.clock.after(ANSWER_MS, giveUp);
    this.waiting.set(key, { promise, told: settle, giveUp });
    return promise;
  }

  told(frame: { room: string; since: number; changes: Changes }): void {
    this.waiting.get(keyOf(frame.room, frame.since))?.told(frame.changes);
  }

  /** The line is lost: nobody will answer what was asked on it. */
  lost(): void {
    for (const waiting of [...this.waiting.values()]) waiting.giveUp();
  }
}

const keyOf = (room: string, since: number) => `${room} ${since}`;
