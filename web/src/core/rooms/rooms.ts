/** The rooms I am in: their heads, what is unread, and the order in which the sidebar shows them. */
import type { Message, RoomFields, RoomHead } from "../api";
import { Watched } from "./watched";

export interface Sections {
  starred: RoomHead[];
  rooms: RoomHead[];
  direct: RoomHead[];
}

/** Messages I have not read; what was there before I joined does not count. */
export function unreadOf(head: RoomHead): number {
  return Math.max(0, head.last_seq - Math.max(head.read_seq, head.join_seq));
}

/** What a new message makes of my own place: speaking is having read, and a mention of me is one more. */
function mineAfter(message: Message, head: RoomHead, me: string): Partial<RoomHead> {
  if (message.sender === me) return { read_seq: message.seq, mentions: 0 };
  const { people, all } = message.mentions;
  return all || people.includes(me) ? { mentions: head.mentions + 1 } : {};
}

/** Whether only the server can say how often `message` leaves me mentioned: departments, and changes of unread ones. */
export function asksForCount(message: Message, head: RoomHead): boolean {
  if (message.seq > head.last_seq) return message.mentions.departments.length > 0;
  const changed = message.edited_at !== null || message.recalled_at !== null;
  return changed && message.seq > Math.max(head.read_seq, head.join_seq);
}

/** The room's fields alone, without what is mine. */
function withoutName(fields: RoomFields): Partial<RoomFields> {
  const { name: _, ...rest } = fields;
  return rest;
}

export class Rooms extends Watched {
  ready = false;
  /** Counts changes of membership per room, so that a list of members knows when to ask again. */
  readonly memberships = new Map<string, number>();
  private readonly heads = new Map<string, RoomHead>();
  private readonly lists = new Map<string, { version: number; sections: Sections }>();

  get(room: string): RoomHead | undefined {
    return this.heads.get(room);
  }

  all(): RoomHead[] {
    return [...this.heads.values()];
  }

  /** A fresh connection's whole list. */
  reset(heads: RoomHead[]): void {
    this.heads.clear();
    for (const head of heads) this.heads.set(head.id, head);
    this.ready = true;
    this.changed();
  }

  put(head: RoomHead): void {
    const known = this.heads.get(head.id);
    if (known && known.last_rev > head.last_rev) {
      head = {
        ...head,
        last_rev: known.last_rev,
        last_seq: known.last_seq,
        last_at: known.last_at,
      };
    }
    this.heads.set(head.id, head);
    this.changed();
  }

  left(room: string): void {
    if (this.heads.delete(room)) this.changed();
  }

  /** Takes a message into its room's head; `me` has read what they say, and is called by mentions. */
  message(message: Message, me: string): void {
    const head = this.heads.get(message.room);
    if (!head) return;
    const newer = message.seq > head.last_seq;
    this.patch(message.room, {
      last_rev: Math.max(head.last_rev, message.rev),
      ...(newer
        ? { last_seq: message.seq, last_at: message.at, ...mineAfter(message, head, me) }
        : {}),
    });
  }

  /** Room-wide fields; a direct talk keeps the other's name, which only I see so. */
  fields(fields: RoomFields, rev: number): void {
    const head = this.heads.get(fields.id);
    if (!head) return;
    const fresh = head.direct ? withoutName(fields) : fields;
    this.patch(fields.id, { ...fresh, last_rev: Math.max(head.last_rev, rev) });
  }

  moved(room: string, rev: number): void {
    const head = this.heads.get(room);
    if (head && rev > head.last_rev) this.patch(room, { last_rev: rev });
  }

  mine(
    room: string,
    mine: Partial<
      Pick<RoomHead, "read_seq" | "mentions" | "muted" | "starred" | "role" | "member_count">
    >,
  ): void {
    this.patch(room, mine);
  }

  membersChanged(room: string): void {
    this.memberships.set(room, (this.memberships.get(room) ?? 0) + 1);
    this.changed();
  }

  draft(room: string, text: string): void {
    const head = this.heads.get(room);
    if (head && head.draft !== text) this.patch(room, { draft: text });
  }

  /** A direct talk's name follows the other person. */
  renamed(person: string, name: string): void {
    for (const head of this.heads.values()) {
      if (head.other === person && head.name !== name) this.patch(head.id, { name });
    }
  }

  sections(org: string): Sections {
    const known = this.lists.get(org);
    if (known?.version === this.version) return known.sections;
    const mine = this.all()
      .filter((head) => head.org === org)
      .toSorted((a, b) => b.last_at - a.last_at || a.name.localeCompare(b.name));
    const sections = {
      starred: mine.filter((head) => head.starred),
      rooms: mine.filter((head) => !head.starred && !head.direct),
      direct: mine.filter((head) => !head.starred && head.direct),
    };
    this.lists.set(org, { version: this.version, sections });
    return sections;
  }

  /** Rooms with something unread that wants me: muted rooms count only when I am mentioned. */
  waiting(org: string): number {
    return this.all().filter((head) => head.org === org && isWaiting(head)).length;
  }

  private patch(room: string, fields: Partial<RoomHead>): void {
    const head = this.heads.get(room);
    if (!head) return;
    this.heads.set(room, { ...head, ...fields });
    this.changed();
  }
}

/** Whether a room should stand out in the list. */
export function isWaiting(head: RoomHead): boolean {
  return head.mentions > 0 || (!head.muted && !head.archived && unreadOf(head) > 0);
}
