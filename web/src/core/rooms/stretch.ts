import type { PageAsk } from "./api";

/** A stretch of a log that is loaded without holes: its sequence numbers, and whether more lies before or after. */

export class Stretch {
  seqs: number[] = [];
  hasBefore = false;
  hasAfter = false;
  loaded = false;
  /** What is being fetched, so that nothing is fetched twice. */
  loading: "first" | "before" | "after" | null = null;
  failed = false;
  /** Where it was last to be opened. */
  asked: PageAsk = {};
  /** Where one page met the next: a list that keeps its rows there as they were never moves. */
  readonly joints = new Set<number>();
  /** Numbers the fetches: only the newest may change the stretch. */
  ticket = 0;

  get first(): number | undefined {
    return this.seqs[0];
  }

  get last(): number | undefined {
    return this.seqs[this.seqs.length - 1];
  }

  has(seq: number): boolean {
    return this.seqs[this.place(seq)] === seq;
  }

  replace(seqs: number[], hasBefore: boolean, hasAfter: boolean): void {
    this.seqs = sorted(seqs);
    this.hasBefore = hasBefore;
    this.hasAfter = hasAfter;
    this.loaded = true;
    this.joints.clear();
  }

  prepend(seqs: number[], hasBefore: boolean): void {
    if (this.first !== undefined) this.joints.add(this.first);
    this.seqs = sorted([...seqs, ...this.seqs]);
    this.hasBefore = hasBefore;
  }

  append(seqs: number[], hasAfter: boolean): void {
    this.seqs = sorted([...this.seqs, ...seqs]);
    this.hasAfter = hasAfter;
  }

  /** Takes in a message seen live if it lies in this stretch or follows it without a hole. */
  admit(seq: number): boolean {
    if (!this.loaded || this.has(seq)) return false;
    if (this.hasBefore && this.first !== undefined && seq < this.first) return false;
    if (this.hasAfter && (this.last === undefined || seq > this.last)) return false;
    this.seqs = [...this.seqs.slice(0, this.place(seq)), seq, ...this.seqs.slice(this.place(seq))];
    return true;
  }

  /** The index of `seq`, or where it would stand. */
  private place(seq: number): number {
    let low = 0;
    let high = this.seqs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.seqs[middle]! < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sorted(seqs: number[]): number[] {
  return [...new Set(seqs)].toSorted((a, b) => a - b);
}
