/**
 * Messages on their way: shown at once, kept across reloads, sent in order, retried with the same nonce.
 *
 * Each one is a key of its own on the shelf, so that two tabs never overwrite each other; if both send it, the
 * server answers the second with the first's result. One message of a room is on its way at a time: that keeps
 * the order even when the first of two has to be tried again.
 */
import type { File, Mentions, Message } from "../api";
import type { Clock } from "../live/clock";
import type { Accepted, NewMessage } from "../live/frames";
import { Refusal } from "../live/socket";
import { keep, keysOf, type Shelf } from "./drafts";
import { Watched } from "./watched";

const RETRY_MS = 2_000;
/** Refusals that may pass when tried again. */
const RETRY_CODES = new Set(["too_many", "unavailable", "internal"]);

export interface Outgoing {
  nonce: string;
  room: string;
  thread: number | null;
  also_room: boolean;
  text: string;
  files: File[];
  reply_to: number | null;
  confirm: boolean;
  mentions: Mentions;
  at: number;
  state: "waiting" | "sending" | "sent" | "failed";
  /** Why the server refused it, in its words. */
  error: string | null;
  /** Its place in the log, once accepted. */
  seq: number | null;
}

export type NewOutgoing = Omit<Outgoing, "nonce" | "at" | "state" | "error" | "seq">;

export interface OutboxOptions {
  clock: Clock;
  shelf: Shelf;
  person: string;
  nonce(): string;
  send(message: NewMessage): Promise<Accepted>;
  isOnline(): boolean;
  /** Whether the log already shows the message, so that its row need not stay here. */
  isShown(room: string, seq: number): boolean;
  onQueued(count: number): void;
}

export class Outbox extends Watched {
  private readonly options: OutboxOptions;
  private readonly prefix: string;
  private items: Outgoing[] = [];
  private readonly busy = new Set<string>();
  private readonly lists = new Map<string, { version: number; list: Outgoing[] }>();

  constructor(options: OutboxOptions) {
    super();
    this.options = options;
    this.prefix = `narae.outbox.${options.person}.`;
    const kept = keysOf(options.shelf, this.prefix).map((key) => parse(options.shelf.getItem(key)));
    this.items = kept.filter((item) => item !== null).toSorted((a, b) => a.at - b.at);
    this.tell();
  }

  /** What is on its way in a room's main log (`thread` null) or in one thread. */
  list(room: string, thread: number | null): Outgoing[] {
    const key = `${room} ${thread ?? ""}`;
    const known = this.lists.get(key);
    if (known?.version === this.version) return known.list;
    const list = this.items.filter((item) => item.room === room && shows(item, thread));
    this.lists.set(key, { version: this.version, list });
    return list;
  }

  add(fields: NewOutgoing): Outgoing {
    const last = this.items.at(-1)?.at ?? 0;
    const at = Math.max(this.options.clock.now(), last + 1);
    const item: Outgoing = {
      ...fields,
      nonce: this.options.nonce(),
      at,
      state: "waiting",
      error: null,
      seq: null,
    };
    this.items = [...this.items, item];
    this.keep(item);
    this.tell();
    this.pump(item.room);
    return item;
  }

  retry(nonce: string): void {
    const item = this.update(nonce, { state: "waiting", error: null });
    if (item) this.pump(item.room);
  }

  discard(nonce: string): void {
    this.options.shelf.removeItem(this.prefix + nonce);
    this.items = this.items.filter((item) => item.nonce !== nonce);
    this.tell();
  }

  /** The message itself has come: its row takes the place of ours. */
  arrived(message: Message): void {
    if (message.sender !== this.options.person) return;
    const mine = this.items.find(
      (item) =>
        item.room === message.room &&
        (message.nonce === null ? item.seq === message.seq : item.nonce === message.nonce),
    );
    if (mine) this.discard(mine.nonce);
  }

  /** The connection is back: everything that waits goes out, in order. */
  resume(): void {
    for (const room of new Set(this.items.map((item) => item.room))) this.pump(room);
  }

  /** Another tab finished or discarded a message. */
  forgotten(key: string): void {
    if (key.startsWith(this.prefix)) this.discard(key.slice(this.prefix.length));
  }

  private pump(room: string): void {
    if (this.busy.has(room) || !this.options.isOnline()) return;
    const next = this.items.find((item) => item.room === room && item.state === "waiting");
    if (!next) return;
    this.busy.add(room);
    this.update(next.nonce, { state: "sending" });
    void this.send(next);
  }

  private async send(item: Outgoing): Promise<void> {
    try {
      const accepted = await this.options.send(toMessage(item));
      this.options.shelf.removeItem(this.prefix + item.nonce);
      if (this.options.isShown(item.room, accepted.seq)) this.discard(item.nonce);
      else this.update(item.nonce, { state: "sent", seq: accepted.seq });
    } catch (error) {
      if (error instanceof Refusal && !RETRY_CODES.has(error.code)) {
        const failed = this.update(item.nonce, { state: "failed", error: error.message });
        if (failed) this.keep(failed);
      } else {
        this.update(item.nonce, { state: "waiting" });
        this.options.clock.after(RETRY_MS, () => this.pump(item.room));
        this.busy.delete(item.room);
        return;
      }
    }
    this.busy.delete(item.room);
    this.pump(item.room);
  }

  private update(nonce: string, fields: Partial<Outgoing>): Outgoing | undefined {
    this.items = this.items.map((item) => (item.nonce === nonce ? { ...item, ...fields } : item));
    this.tell();
    return this.items.find((item) => item.nonce === nonce);
  }

  private keep(item: Outgoing): void {
    keep(this.options.shelf, this.prefix + item.nonce, JSON.stringify(item));
  }

  private tell(): void {
    this.options.onQueued(
      this.items.filter((item) => item.state === "waiting" || item.state === "sending").length,
    );
    this.changed();
  }
}

function shows(item: Outgoing, thread: number | null): boolean {
  return item.thread === thread || (thread === null && item.also_room);
}

function toMessage(item: Outgoing): NewMessage {
  return {
    room: item.room,
    nonce: item.nonce,
    text: item.text,
    files: item.files.map((file) => file.id),
    confirm: item.confirm,
    mentions: item.mentions,
    ...(item.reply_to === null ? {} : { reply_to: item.reply_to }),
    ...(item.thread === null ? {} : { thread: item.thread, also_room: item.also_room }),
  };
}

/** What was kept before a reload; what was half sent is simply sent again. */
function parse(text: string | null): Outgoing | null {
  try {
    const item = JSON.parse(text ?? "") as Outgoing;
    return { ...item, state: item.state === "failed" ? "failed" : "waiting" };
  } catch {
    return null;
  }
}
