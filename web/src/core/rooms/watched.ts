/** A plain store with a version, which a view watches with `useSyncExternalStore`. */
export class Watched {
  version = 0;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  protected changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}
