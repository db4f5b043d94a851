/** A Worker may hold this many connections at a time (PLATFORM); what is beyond would wait with its clock running. */
const CONNECTIONS = 6;

/** The connections of one invocation: work waits for a free one before its time starts to count. */
export class Slots {
  private free = CONNECTIONS;
  private readonly waiting: (() => void)[] = [];

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
