/** A seeded generator (mulberry32): the same choices on every run. */
export class Random {
  constructor(private state: number) {}

  /** 0 ≤ n < 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Some of the items, each once, at least one, in random order. */
  some<T>(items: readonly T[]): T[] {
    const shuffled = items.map((item) => [this.next(), item] as const).sort(([a], [b]) => a - b);
    return shuffled.slice(0, 1 + this.below(items.length)).map(([, item]) => item);
  }
}
