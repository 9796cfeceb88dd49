/** The people behind the ids, looked up in batches as they come into view. */
import type { Member } from "../api";
import type { Clock } from "../live/clock";
import { Watched } from "./watched";

const BATCH_WAIT_MS = 20;
const BATCH = 200;
const RETRY_MS = 5_000;

export interface PeopleOptions {
  clock: Clock;
  fetch(org: string, ids: string[]): Promise<Member[]>;
}

export class People extends Watched {
  private readonly options: PeopleOptions;
  private readonly known = new Map<string, Member>();
  private readonly wanted = new Map<string, Set<string>>();
  private readonly asked = new Set<string>();
  private planned = false;

  constructor(options: PeopleOptions) {
    super();
    this.options = options;
  }

  /** The member if known; else undefined, and it is being looked up. */
  get(org: string, id: string): Member | undefined {
    const member = this.known.get(keyOf(org, id));
    if (!member) this.want(org, id);
    return member;
  }

  put(org: string, member: Member): void {
    this.known.set(keyOf(org, member.id), member);
    this.changed();
  }

  private want(org: string, id: string): void {
    if (this.asked.has(keyOf(org, id))) return;
    this.asked.add(keyOf(org, id));
    const ids = this.wanted.get(org) ?? new Set();
    this.wanted.set(org, ids.add(id));
    this.fetchIn(BATCH_WAIT_MS);
  }

  private fetchIn(wait: number): void {
    if (this.planned) return;
    this.planned = true;
    this.options.clock.after(wait, () => {
      this.planned = false;
      const batches = [...this.wanted];
      this.wanted.clear();
      for (const [org, ids] of batches) void this.fetchAll(org, [...ids]);
    });
  }

  private async fetchAll(org: string, ids: string[]): Promise<void> {
    const batches = [];
    for (let start = 0; start < ids.length; start += BATCH) {
      batches.push(this.fetchBatch(org, ids.slice(start, start + BATCH)));
    }
    await Promise.all(batches);
    this.changed();
  }

  private async fetchBatch(org: string, ids: string[]): Promise<void> {
    try {
      const members = await this.options.fetch(org, ids);
      for (const member of members) this.known.set(keyOf(org, member.id), member);
    } catch {
      const again = this.wanted.get(org) ?? new Set();
      for (const id of ids) again.add(id);
      this.wanted.set(org, again);
      this.fetchIn(RETRY_MS);
    }
  }
}

function keyOf(org: string, id: string): string {
  return `${org} ${id}`;
}
