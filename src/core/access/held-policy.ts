import type { KeyPolicy } from "../keys/policy.ts";

/** How long a policy is believed without a look at the table. Changes are announced; this only bounds a lost announcement. */
export const POLICY_TTL_MS = 60_000;
/** How long a change may stay announced but unfinished: longer than any request runs. */
export const CHANGE_TTL_MS = 60_000;

/** Changes under way, by their ids, and until when each is waited for. */
export type Changes = [changeId: string, until: number][];

/**
 * A key's policy, as far as it may be believed. Between the announcement of a change and its end every call is decided
 * on a fresh read, so that the commit in between takes effect at once even if the one who announced it dies.
 */
export class HeldPolicy {
  private policy: KeyPolicy | null = null;
  private loadedAt = 0;
  /** Counts announcements: a read that began before one may have missed a commit. */
  private generation = 0;
  private loading: Promise<void> | null = null;
  private readonly changes: Map<string, number>;

  constructor(
    private readonly now: () => number,
    changes: Changes = [],
  ) {
    this.changes = new Map(changes);
  }

  /** As last read; `null` before the first read, once forgotten, and for a key that does not exist. */
  get current(): KeyPolicy | null {
    return this.policy;
  }

  isFresh(): boolean {
    if (this.changes.size > 0) this.dropLostChanges();
    return this.changes.size === 0 && this.policy !== null && this.now() - this.loadedAt < POLICY_TTL_MS;
  }

  /** Whether it was read longer ago than that. */
  isOlderThan(ms: number): boolean {
    return this.now() - this.loadedAt > ms;
  }

  /** A change whose end was never told has come true or not by now: the table knows. */
  private dropLostChanges(): void {
    for (const [id, until] of this.changes) {
      if (until > this.now()) continue;
      this.changes.delete(id);
      this.policy = null;
    }
  }

  /** Reads the policy, or waits for a read under way; `adopt` is told of it by whoever reads, before anybody goes on. */
  async load(read: () => Promise<KeyPolicy | null>, adopt: (policy: KeyPolicy | null) => void): Promise<void> {
    if (this.loading) {
      await this.loading.catch(() => {});
      if (this.isFresh()) return;
    }
    this.loading ??= this.readFresh(read, adopt).finally(() => {
      this.loading = null;
    });
    await this.loading;
  }

  private async readFresh(
    read: () => Promise<KeyPolicy | null>,
    adopt: (policy: KeyPolicy | null) => void,
  ): Promise<void> {
    let generation: number;
    let policy: KeyPolicy | null;
    do {
      generation = this.generation;
      policy = await read();
    } while (generation !== this.generation);
    this.policy = policy;
    this.loadedAt = this.now();
    adopt(policy);
  }

  /** A change is about to be committed; answers the changes under way, to be stored. */
  beginChange(changeId: string): Changes {
    this.generation += 1;
    this.dropLostChanges();
    this.changes.set(changeId, this.now() + CHANGE_TTL_MS);
    return [...this.changes];
  }

  /** A change is done, whatever came of it; answers those still under way. */
  endChange(changeId: string): Changes {
    this.generation += 1;
    this.changes.delete(changeId);
    this.policy = null;
    return [...this.changes];
  }

  /** The next call reads the table. */
  forget(): void {
    this.policy = null;
  }
}
