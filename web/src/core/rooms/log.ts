/** One room's log as far as it is loaded: a main stretch, the open threads, and the rule that no change is ever missed. */
import type { Changes, Message, MessagePage } from "../api";
import type { Clock } from "../live/clock";
import type { PageAsk } from "./api";
import { Stretch } from "./stretch";
import { Watched } from "./watched";

const PAGE = 50;
const GAP_WAIT_MS = 150;
const GAP_RETRY_MS = 3_000;
/** Further behind than this, reloading what is on screen costs less than replaying. */
const REPLAY_LIMIT = 1_000;

/** A change that takes a `rev` of the room; only message changes carry something to show. */
export interface LogEvent {
  rev: number;
  message?: Message;
}

export interface LogOptions {
  room: string;
  /** The room's rev when the log is opened: every later change comes by event or by `changes`. */
  rev: number;
  clock: Clock;
  page(ask: PageAsk): Promise<MessagePage>;
  changes(since: number): Promise<Changes>;
  one(seq: number): Promise<Message>;
  onChanges?(changes: Changes): void;
}

export class RoomLog extends Watched {
  readonly room: string;
  readonly main = new Stretch();
  rev: number;
  private readonly options: LogOptions;
  private readonly messages = new Map<number, Message>();
  private readonly threads = new Map<number, Stretch>();
  private readonly ahead = new Set<number>();
  private cancelFetch: (() => void) | null = null;
  private fetching = false;
  private readonly views = new Map<Stretch, { version: number; list: Message[] }>();

  constructor(options: LogOptions) {
    super();
    this.options = options;
    this.room = options.room;
    this.rev = options.rev;
  }

  get(seq: number): Message | undefined {
    return this.messages.get(seq);
  }

  /** The loaded stretch of the room, or of the thread under `root`. */
  stretch(root: number | null): Stretch {
    if (root === null) return this.main;
    let stretch = this.threads.get(root);
    if (!stretch) this.threads.set(root, (stretch = new Stretch()));
    return stretch;
  }

  /** The loaded messages in order; the same array until something changes. */
  list(root: number | null): Message[] {
    const stretch = this.stretch(root);
    const view = this.views.get(stretch);
    if (view?.version === this.version) return view.list;
    const list = stretch.seqs.map((seq) => this.messages.get(seq)!);
    this.views.set(stretch, { version: this.version, list });
    return list;
  }

  /** Takes in changes, in any order and any number of times; a missing rev is fetched. */
  apply(events: LogEvent[]): void {
    let touched = false;
    for (const event of events) {
      if (event.message) touched = this.store(event.message) || touched;
      if (event.rev > this.rev) this.ahead.add(event.rev);
    }
    this.advance(this.rev);
    if (this.ahead.size > 0) this.fetchSoon(GAP_WAIT_MS);
    if (touched) this.changed();
  }

  /** Takes in messages that came as answers, which say nothing about what else happened. */
  put(messages: Message[]): void {
    const touched = messages.map((message) => this.store(message)).some(Boolean);
    if (touched) this.changed();
  }

  /** A message by its place that is not loaded; undefined where there is none for me. */
  async fetchOne(seq: number): Promise<Message | undefined> {
    const message = await this.options.one(seq).catch(() => undefined);
    if (message) this.put([message]);
    return message;
  }

  /** The server says the room is at `rev`: fetch what we lack. */
  catchUp(rev: number): void {
    if (rev <= this.rev) return;
    if (rev - this.rev > REPLAY_LIMIT) return this.restart(rev);
    this.fetchSoon(0);
  }

  async openAt(seq: number, root: number | null = null): Promise<void> {
    const stretch = this.stretch(root);
    if (stretch.loaded && (stretch.has(seq) || (!stretch.hasAfter && seq > (stretch.last ?? 0))))
      return;
    await this.load(stretch, { around: seq }, root);
  }

  async openNewest(root: number | null = null): Promise<void> {
    const stretch = this.stretch(root);
    if (stretch.loaded && !stretch.hasAfter) return;
    await this.load(stretch, {}, root);
  }

  /** Opens what could not be opened, for a button or when the connection is back. */
  reopen(): void {
    for (const [root, stretch] of this.stretches()) {
      if (stretch.failed && !stretch.loaded) void this.load(stretch, stretch.asked, root);
    }
  }

  async before(root: number | null = null): Promise<void> {
    const stretch = this.stretch(root);
    if (!stretch.hasBefore || stretch.first === undefined) return;
    await this.fetchPage(stretch, "before", { before: stretch.first }, root, (page, seqs) =>
      stretch.prepend(seqs, page.has_before),
    );
  }

  async after(root: number | null = null): Promise<void> {
    const stretch = this.stretch(root);
    if (!stretch.hasAfter || stretch.last === undefined) return;
    await this.fetchPage(stretch, "after", { after: stretch.last }, root, (page, seqs) =>
      stretch.append([...seqs, ...this.newerThan(page, root)], page.has_after),
    );
  }

  private stretches(): [number | null, Stretch][] {
    return [[null, this.main], ...this.threads];
  }

  private load(stretch: Stretch, ask: PageAsk, root: number | null): Promise<void> {
    stretch.asked = ask;
    return this.fetchPage(stretch, "first", ask, root, (page, seqs) =>
      stretch.replace([...seqs, ...this.newerThan(page, root)], page.has_before, page.has_after),
    );
  }

  private async fetchPage(
    stretch: Stretch,
    kind: "first" | "before" | "after",
    ask: PageAsk,
    root: number | null,
    merge: (page: MessagePage, seqs: number[]) => void,
  ): Promise<void> {
    if (stretch.loading !== null && kind !== "first") return;
    const ticket = ++stretch.ticket;
    stretch.loading = kind;
    stretch.failed = false;
    this.changed();
    try {
      const page = await this.options.page({
        limit: PAGE,
        ...ask,
        ...(root === null ? {} : { thread: root }),
      });
      for (const message of page.items) this.store(message);
      if (ticket !== stretch.ticket) return;
      merge(
        page,
        page.items.map((message) => message.seq),
      );
    } catch {
      if (ticket !== stretch.ticket) return;
      stretch.failed = true;
    }
    stretch.loading = null;
    this.changed();
  }

  /** What arrived live while a page that reaches the end was on its way. */
  private newerThan(page: MessagePage, root: number | null): number[] {
    if (page.has_after) return [];
    const last = page.items.at(-1)?.seq ?? 0;
    const newer = [...this.messages.values()].filter(
      (message) => message.seq > last && stands(message, root),
    );
    return newer.map((message) => message.seq);
  }

  private store(message: Message): boolean {
    const known = this.messages.get(message.seq);
    if (known && known.rev >= message.rev) return false;
    this.messages.set(message.seq, message);
    if (known) return true;
    if (stands(message, null)) this.main.admit(message.seq);
    if (message.thread !== null) this.threads.get(message.thread)?.admit(message.seq);
    return true;
  }

  private advance(rev: number): void {
    this.rev = Math.max(this.rev, rev);
    while (this.ahead.delete(this.rev + 1)) this.rev++;
    for (const seen of this.ahead) if (seen <= this.rev) this.ahead.delete(seen);
    if (this.ahead.size === 0) this.stopFetch();
  }

  private stopFetch(): void {
    this.cancelFetch?.();
    this.cancelFetch = null;
  }

  private fetchSoon(wait: number): void {
    if (this.cancelFetch || this.fetching) return;
    this.cancelFetch = this.options.clock.after(wait, () => {
      this.cancelFetch = null;
      void this.fetchChanges();
    });
  }

  private async fetchChanges(): Promise<void> {
    this.fetching = true;
    const done = await this.fetchPages().catch(() => false);
    this.fetching = false;
    if (!done || this.ahead.size > 0) this.fetchSoon(GAP_RETRY_MS);
    this.changed();
  }

  private async fetchPages(): Promise<boolean> {
    const changes = await this.options.changes(this.rev);
    const more = changes.more && changes.rev > this.rev;
    for (const message of changes.messages) this.store(message);
    this.advance(changes.rev);
    this.options.onChanges?.(changes);
    return more ? this.fetchPages() : true;
  }

  private restart(rev: number): void {
    this.rev = rev;
    this.ahead.clear();
    for (const [root, stretch] of this.stretches()) {
      if (!stretch.loaded) continue;
      stretch.loaded = false;
      void this.load(stretch, {}, root);
    }
  }
}

/** Whether a message stands in the room's main log (`root` null) or in the thread under `root`. */
function stands(message: Message, root: number | null): boolean {
  if (root === null) return message.thread === null || message.also_room;
  return message.thread === root || message.seq === root;
}
