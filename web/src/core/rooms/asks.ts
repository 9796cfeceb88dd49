/** What I asked of robots and apps: what is still under way, what failed, what they say to me alone, and dialogs to fill. */
import type { DialogAsked, Told } from "../api";
import type { Clock } from "../live/clock";
import { Watched } from "./watched";

/** After this an answer is no longer to be expected. */
const WAIT_MS = 20_000;
const TOLD_LIMIT = 50;

export interface Ask {
  /** My name for it: the nonce. */
  ref: string;
  room: string;
  thread: number | null;
  /** "seq button" of a press; the text of a command. */
  about: string;
  kind: "press" | "command";
  /** Why it failed; null while it is under way. */
  failed: { code: string; message: string } | null;
}

/** A line that only I see: a robot's words, or a place that it wants to lead me to. */
export interface Line {
  id: string;
  room: string;
  thread: number | null;
  told: Told | null;
  url: string | null;
}

interface Answered {
  room: string;
  ref: string;
  code: string | null;
  message: string;
  url: string | null;
}

const NO_ASKS: readonly Ask[] = [];
const NO_LINES: readonly Line[] = [];

export class Asks extends Watched {
  dialog: DialogAsked | null = null;
  private readonly clock: Clock;
  private asks = NO_ASKS;
  private lines = NO_LINES;
  /** What this device asked, answered or not: a dialog may follow. */
  private readonly mine = new Map<string, { thread: number | null; cancel: () => void }>();
  private readonly places = new Map<string, { version: number; asks: Ask[]; lines: Line[] }>();

  constructor(clock: Clock) {
    super();
    this.clock = clock;
  }

  /** Something is asked; the same `ref` again begins anew. */
  begin(ask: Omit<Ask, "failed">): void {
    this.mine.get(ask.ref)?.cancel();
    const cancel = this.clock.after(WAIT_MS, () => this.fail(ask.ref, "no_answer", ""));
    this.mine.set(ask.ref, { thread: ask.thread, cancel });
    const others = this.asks.filter((one) => one.ref !== ask.ref && !isSame(one, ask));
    this.asks = [...others, { ...ask, failed: null }];
    this.changed();
  }

  /** It could not be asked, or was answered with a no. */
  fail(ref: string, code: string, message: string): void {
    this.mine.get(ref)?.cancel();
    this.asks = this.asks.map((one) =>
      one.ref === ref ? { ...one, failed: { code, message } } : one,
    );
    this.changed();
  }

  /** It is done; nothing is left to show of it. */
  done(ref: string): void {
    this.mine.get(ref)?.cancel();
    this.asks = this.asks.filter((one) => one.ref !== ref);
    this.changed();
  }

  answered({ room, ref, code, message, url }: Answered): void {
    const asked = this.mine.get(ref);
    if (!asked) return;
    if (code !== null) return this.fail(ref, code, message);
    if (url !== null) this.put({ id: ref, room, thread: asked.thread, told: null, url });
    this.done(ref);
  }

  told(told: Told): void {
    this.put({ id: told.id, room: told.room, thread: told.thread, told, url: null });
  }

  /** A dialog that this device has not asked for is another device's to show. */
  asked(dialog: DialogAsked): void {
    if (!this.mine.has(dialog.ref)) return;
    this.dialog = dialog;
    this.changed();
  }

  closed(): void {
    this.dialog = null;
    this.changed();
  }

  dismiss(id: string): void {
    this.lines = this.lines.filter((line) => line.id !== id);
    this.asks = this.asks.filter((ask) => ask.ref !== id);
    this.changed();
  }

  /** The press of a button of a message that is under way or failed. */
  press(room: string, seq: number, button: string): Ask | undefined {
    const about = aboutPress(seq, button);
    return this.asks.find(
      (one) => one.kind === "press" && one.room === room && one.about === about,
    );
  }

  /** Commands under way or failed, and lines for me alone, in one place. The same object until they change. */
  at(room: string, thread: number | null): { asks: Ask[]; lines: Line[] } {
    const key = `${room} ${thread ?? ""}`;
    const known = this.places.get(key);
    if (known?.version === this.version) return known;
    const isHere = (one: { room: string; thread: number | null }) =>
      one.room === room && one.thread === thread;
    const found = {
      version: this.version,
      asks: this.asks.filter((ask) => ask.kind === "command" && isHere(ask)),
      lines: this.lines.filter((line) => isHere(line)),
    };
    this.places.set(key, found);
    return found;
  }

  private put(line: Line): void {
    this.lines = [...this.lines.filter((one) => one.id !== line.id), line].slice(-TOLD_LIMIT);
    this.changed();
  }
}

export const aboutPress = (seq: number, button: string): string => `${seq} ${button}`;

/** A button has one press at a time; the same command may run twice. */
function isSame(one: Ask, ask: Omit<Ask, "failed">): boolean {
  return ask.kind === "press" && one.room === ask.room && one.about === ask.about;
}
