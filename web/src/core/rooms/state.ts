/** All live state of the signed-in person: one socket feeding the rooms, logs, people, presence, drafts, outbox and reads. */
import type { Me, Message } from "../api";
import type { Clock } from "../live/clock";
import { useConnection } from "../live/connection";
import type { FrameOf, ServerFrame } from "../live/frames";
import { LiveSocket } from "../live/socket";
import type { Transport } from "../live/transport";
import type { RoomsApi } from "./api";
import { Asks } from "./asks";
import { ChangesAsked } from "./changes";
import { Drafts, type Shelf } from "./drafts";
import { RoomLog } from "./log";
import { Outbox } from "./outbox";
import { People } from "./people";
import { Presence } from "./presence";
import { Reads } from "./reads";
import { asksForCount, Rooms } from "./rooms";

/** Logs kept in memory; the one looked at longest ago is let go first. */
const LOG_LIMIT = 24;
const READ_WAIT_MS = 300;

export interface LiveOptions {
  me: Me;
  api: RoomsApi;
  transport: Transport;
  clock: Clock;
  shelf: Shelf;
  nonce(): string;
  onMe(me: Me): void;
  onSignedOut(): void;
  /** Something that was asked for earlier has changed: an organisation's people, departments or name. */
  onStale(kind: "departments" | "org" | "person", org: string): void;
}

export class LiveState {
  readonly rooms = new Rooms();
  readonly people: People;
  readonly presence: Presence;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  readonly reads: Reads;
  readonly asks: Asks;
  readonly socket: LiveSocket;
  me: Me;
  private readonly options: LiveOptions;
  private readonly asked: ChangesAsked;
  private readonly logs = new Map<string, RoomLog>();
  private readonly readSoon = new Map<string, { seq: number; cancel: () => void }>();
  private readonly messageListeners = new Set<(message: Message) => void>();

  constructor(options: LiveOptions) {
    const { clock, shelf, api } = options;
    this.options = options;
    this.me = options.me;
    this.socket = new LiveSocket({
      transport: options.transport,
      clock,
      onFrame: (frame) => this.take(frame),
      onStatus: (status) => {
        if (status !== "online") this.asked.lost();
        if (status !== useConnection.getState().status) {
          useConnection.setState({ status, since: clock.now() });
        }
      },
      onSignedOut: options.onSignedOut,
    });
    this.asked = new ChangesAsked({
      clock,
      post: (rooms) => this.socket.post({ t: "catch_up", rooms }),
      fetch: api.changes,
    });
    this.people = new People({ clock, fetch: api.peopleById });
    this.presence = new Presence({
      clock,
      watch: (people) => this.socket.post({ t: "watch", people }),
      typing: (room, thread) => this.socket.post({ t: "typing", room, ...threadOf(thread) }),
    });
    this.drafts = new Drafts({
      clock,
      shelf,
      save: (room, thread, text) =>
        this.socket.post({ t: "draft", room, ...threadOf(thread), text }),
    });
    this.reads = new Reads({ fetch: api.reads });
    this.asks = new Asks(clock);
    this.outbox = this.makeOutbox();
  }

  /** The room's log, opened at the room's present rev so that no later change is missed. */
  log(room: string): RoomLog {
    const known = this.logs.get(room);
    if (known) {
      this.logs.delete(room);
      this.logs.set(room, known);
      return known;
    }
    const log = this.makeLog(room);
    this.logs.set(room, log);
    if (this.logs.size > LOG_LIMIT) this.forgetOldest();
    return log;
  }

  /** Moves my read pointer on, a little later, so that scrolling does not send a frame a message. */
  read(room: string, seq: number): void {
    const head = this.rooms.get(room);
    if (!head || seq <= head.read_seq) return;
    this.rooms.mine(room, { read_seq: seq, ...(seq >= head.last_seq ? { mentions: 0 } : {}) });
    this.readSoon.get(room)?.cancel();
    const cancel = this.options.clock.after(READ_WAIT_MS, () => this.sendRead(room));
    this.readSoon.set(room, { seq, cancel });
  }

  /** Moves my read pointer back, so that the room is unread from `seq` on. */
  async unreadFrom(room: string, seq: number): Promise<void> {
    this.readSoon.get(room)?.cancel();
    this.readSoon.delete(room);
    this.rooms.mine(room, { read_seq: seq - 1 });
    await this.options.api.unread(room, seq);
  }

  /** Messages as they come in live, for notifications. */
  onMessage(listener: (message: Message) => void): () => void {
    this.messageListeners.add(listener);
    return () => {
      this.messageListeners.delete(listener);
    };
  }

  /** An answer that carries messages: shown at once, before the event comes. */
  answered(messages: Message[]): void {
    for (const message of messages) {
      this.outbox.arrived(message);
      this.logs.get(message.room)?.put([message]);
    }
  }

  private makeOutbox(): Outbox {
    const { clock, shelf, nonce } = this.options;
    return new Outbox({
      clock,
      shelf,
      nonce,
      person: this.me.person.id,
      send: (message) => this.socket.send(message),
      isOnline: () => this.socket.online,
      isShown: (room, seq) => this.logs.get(room)?.get(seq) !== undefined,
      onQueued: (queued) => useConnection.setState({ queued }),
    });
  }

  private makeLog(room: string): RoomLog {
    const { api, clock } = this.options;
    return new RoomLog({
      room,
      clock,
      rev: this.rooms.get(room)?.last_rev ?? 0,
      page: async (ask) => {
        const page = await api.messages(room, ask);
        for (const message of page.items) this.outbox.arrived(message);
        return page;
      },
      changes: (since) => this.asked.ask(room, since),
      one: (seq) => api.message(room, seq),
      onChanges: (changes) => {
        this.rooms.fields(changes.room, changes.rev);
        for (const message of changes.messages) this.seen(message);
        for (const member of changes.members) if (member.left) this.reads.left(room, member.person);
      },
    });
  }

  private forgetOldest(): void {
    const oldest = this.logs.keys().next().value!;
    this.logs.delete(oldest);
    this.reads.forget(oldest);
  }

  private sendRead(room: string): void {
    const soon = this.readSoon.get(room);
    if (soon && this.socket.post({ t: "read", room, seq: soon.seq })) this.readSoon.delete(room);
  }

  private seen(message: Message): void {
    const head = this.rooms.get(message.room);
    if (head && asksForCount(message, head)) void this.recount(message.room);
    this.rooms.message(message, this.me.person.id);
    if (message.sender) this.reads.spoke(message.room, message.sender, message.seq);
    this.outbox.arrived(message);
    if (message.sender) this.presence.stopped(message.room, message.thread, message.sender);
  }

  private async recount(room: string): Promise<void> {
    try {
      this.rooms.put(await this.options.api.room(room));
    } catch {
      // The next snapshot says it.
    }
  }

  private take(frame: ServerFrame): void {
    switch (frame.t) {
      case "welcome":
        return this.welcomed(frame);
      case "message":
        return this.takeMessage(frame.message);
      case "room":
        this.rooms.fields(frame.room, frame.rev);
        return this.moved(frame.room.id, frame.rev);
      case "member":
        return this.memberChanged(frame);
      case "joined":
        this.rooms.put(frame.room);
        return this.logs.get(frame.room.id)?.catchUp(frame.room.last_rev);
      case "left":
        this.logs.delete(frame.room);
        return this.rooms.left(frame.room);
      case "mine": {
        const { room, read_seq, mentions, muted, starred } = frame;
        return this.rooms.mine(room, { read_seq, mentions, muted, starred });
      }
      case "changes":
        return this.asked.told(frame);
      case "behind":
        return this.fellBehind(frame.rooms);
      default:
        return this.takeSoft(frame);
    }
  }

  /** Frames about people rather than logs. */
  private takeSoft(frame: ServerFrame): void {
    switch (frame.t) {
      case "draft":
        this.drafts.heard(frame.room, frame.thread, frame.text);
        if (frame.thread === null) this.rooms.draft(frame.room, frame.text);
        return;
      case "read":
        return this.reads.read(frame.room, frame.person, frame.seq);
      case "typing":
        return this.presence.typed(frame.room, frame.thread ?? null, frame.person);
      case "presence":
        return this.presence.seen(frame.people);
      case "person":
        this.people.put(frame.org, frame.person);
        this.rooms.renamed(frame.person.id, frame.person.name);
        return this.options.onStale("person", frame.org);
      case "departments":
      case "org":
        return this.options.onStale(frame.t, frame.org);
      case "me":
        return this.meChanged(frame.me);
      case "answered":
        return this.asks.answered(frame);
      case "told":
        return this.asks.told(frame);
      case "dialog":
        return this.asks.asked(frame);
    }
  }

  private welcomed(frame: FrameOf<"welcome">): void {
    if (frame.me) this.meChanged(frame.me);
    if (!frame.resumed) {
      this.rooms.reset(frame.rooms);
      for (const head of frame.rooms) {
        this.logs.get(head.id)?.catchUp(head.last_rev);
        this.drafts.heard(head.id, null, head.draft);
      }
      for (const room of this.logs.keys()) if (this.reads.knows(room)) void this.reads.open(room);
    }
    for (const log of this.logs.values()) log.reopen();
    this.presence.renew();
    this.drafts.flush();
    for (const room of this.readSoon.keys()) this.sendRead(room);
    this.outbox.resume();
  }

  private meChanged(me: Me): void {
    this.me = me;
    this.options.onMe(me);
  }

  private takeMessage(message: Message): void {
    const isNew = message.seq > (this.rooms.get(message.room)?.last_seq ?? 0);
    this.seen(message);
    this.logs.get(message.room)?.apply([{ rev: message.rev, message }]);
    if (isNew) for (const listener of this.messageListeners) listener(message);
  }

  private moved(room: string, rev: number): void {
    this.rooms.moved(room, rev);
    this.logs.get(room)?.apply([{ rev }]);
  }

  private memberChanged(frame: FrameOf<"member">): void {
    if (frame.person === this.me.person.id && !frame.left)
      this.rooms.mine(frame.room, { role: frame.role });
    if (frame.left) this.reads.left(frame.room, frame.person);
    else if (this.reads.knows(frame.room)) void this.reads.open(frame.room);
    this.moved(frame.room, frame.rev);
    this.rooms.mine(frame.room, { member_count: frame.member_count });
    this.rooms.membersChanged(frame.room);
  }

  private fellBehind(revs: Record<string, number>): void {
    for (const [room, rev] of Object.entries(revs)) {
      this.logs.get(room)?.catchUp(rev);
      void this.options.api.room(room).then(
        (head) => this.rooms.put(head),
        () => this.rooms.moved(room, rev),
      );
    }
  }
}

function threadOf(thread: number | null): { thread?: number } {
  return thread === null ? {} : { thread };
}
