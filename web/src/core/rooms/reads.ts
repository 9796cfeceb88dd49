/** How far each member of a room has read, and so how many have not read a message. */
import type { Message, Read } from "../api";
import { Watched } from "./watched";

export interface ReadsOptions {
  fetch(room: string): Promise<{ items: Read[]; large?: boolean }>;
}

export class Reads extends Watched {
  private readonly options: ReadsOptions;
  private readonly rooms = new Map<string, Map<string, Read>>();
  private readonly opening = new Set<string>();

  constructor(options: ReadsOptions) {
    super();
    this.options = options;
  }

  /** Fetches a room's pointers; events that came meanwhile only move pointers on. */
  async open(room: string): Promise<void> {
    if (this.opening.has(room)) return;
    this.opening.add(room);
    try {
      const { items, large } = await this.options.fetch(room);
      if (large) this.rooms.delete(room);
      else
        this.rooms.set(room, new Map(items.map((read) => [read.person, this.later(room, read)])));
      this.changed();
    } catch {
      // Counts are a comfort: without them the read list still opens by itself.
    }
    this.opening.delete(room);
  }

  /** Who speaks has read up to what they say. */
  spoke(room: string, person: string, seq: number): void {
    if ((this.rooms.get(room)?.get(person)?.read_seq ?? 0) < seq) this.read(room, person, seq);
  }

  /** A pointer moved: on, or back when somebody marks messages as unread. */
  read(room: string, person: string, seq: number): void {
    const pointers = this.rooms.get(room);
    const known = pointers?.get(person);
    if (!pointers || known?.read_seq === seq) return;
    pointers.set(person, { person, read_seq: seq, join_seq: known?.join_seq ?? 0 });
    this.changed();
  }

  left(room: string, person: string): void {
    if (this.rooms.get(room)?.delete(person)) this.changed();
  }

  forget(room: string): void {
    this.rooms.delete(room);
  }

  knows(room: string): boolean {
    return this.rooms.has(room);
  }

  /** Members, other than the sender, who were there and have not read it; null where pointers are not told. */
  unread(message: Pick<Message, "room" | "seq" | "sender">): number | null {
    const pointers = this.rooms.get(message.room);
    if (!pointers) return null;
    let unread = 0;
    for (const read of pointers.values()) {
      if (
        read.person !== message.sender &&
        read.join_seq < message.seq &&
        read.read_seq < message.seq
      )
        unread++;
    }
    return unread;
  }

  private later(room: string, read: Read): Read {
    const known = this.rooms.get(room)?.get(read.person);
    return known && known.read_seq > read.read_seq ? { ...read, read_seq: known.read_seq } : read;
  }
}
