/** The rows of a message list: days, the "new" line, and who starts a group of messages. */
import type { Message } from "../../../core/api";
import type { Outgoing } from "../../../core/rooms/outbox";

/** Messages of one sender closer than this stand under one name. */
const GROUP_MS = 5 * 60_000;

export type Row =
  | { kind: "begin"; key: string }
  | { kind: "day"; key: string; at: number }
  | { kind: "new"; key: string }
  | { kind: "event"; key: string; message: Message }
  | { kind: "message"; key: string; message: Message; starts: boolean }
  | { kind: "out"; key: string; item: Outgoing; starts: boolean };

export interface RowsAsk {
  messages: Message[];
  outgoing: Outgoing[];
  me: string;
  /** Whether nothing lies before the first message. */
  whole: boolean;
  /** Messages that always stand under a name: a page began there, and its height must not change. */
  joints: ReadonlySet<number>;
  /** The first message I had not read when I came; the line stands before it. */
  newFrom: number | null;
  /** The start of a day in the reader's place, ms since epoch. */
  dayOf(at: number): number;
}

/** A row keeps its key when a sent message takes the place of the waiting one. */
function keyOf(message: Message): string {
  return message.nonce === null ? `s${message.seq}` : `${message.sender}:${message.nonce}`;
}

/**
 * The rows, top to bottom. Above the first loaded message stands no day until nothing lies before it: so putting
 * older messages before never changes a row that is on screen.
 */
export function buildRows(ask: RowsAsk): Row[] {
  const rows: Row[] = ask.whole ? [{ kind: "begin", key: "begin" }] : [];
  const walk = new Walk(ask, rows);
  for (const message of ask.messages) walk.message(message);
  for (const item of ask.outgoing) walk.outgoing(item);
  return rows;
}

class Walk {
  private readonly ask: RowsAsk;
  private readonly rows: Row[];
  private day: number | null = null;
  private sender: string | null = null;
  private at = 0;
  private lined: boolean;

  constructor(ask: RowsAsk, rows: Row[]) {
    this.ask = ask;
    this.rows = rows;
    this.lined = ask.newFrom === null;
  }

  message(message: Message): void {
    this.open(message.at);
    this.line(message);
    const key = keyOf(message);
    if (message.kind === "event") {
      this.sender = null;
      this.rows.push({ kind: "event", key, message });
      return;
    }
    const starts = this.starts(message.sender, message.at);
    const alone = message.reply_to !== null || this.ask.joints.has(message.seq);
    this.rows.push({ kind: "message", key, message, starts: starts || alone });
  }

  outgoing(item: Outgoing): void {
    this.open(item.at);
    const starts = this.starts(this.ask.me, item.at) || item.reply_to !== null;
    this.rows.push({ kind: "out", key: `${this.ask.me}:${item.nonce}`, item, starts });
  }

  private open(at: number): void {
    const day = this.ask.dayOf(at);
    if (day === this.day) return;
    if (this.day !== null || this.ask.whole) this.rows.push({ kind: "day", key: `d${day}`, at });
    this.day = day;
    this.sender = null;
  }

  private line(message: Message): void {
    if (this.lined || message.seq < this.ask.newFrom! || message.sender === this.ask.me) return;
    this.lined = true;
    this.sender = null;
    this.rows.push({ kind: "new", key: "new" });
  }

  private starts(sender: string | null, at: number): boolean {
    const fresh = sender === null || sender !== this.sender || at - this.at > GROUP_MS;
    this.sender = sender;
    this.at = at;
    return fresh;
  }
}

/** Midnight before a moment, where the reader is. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
