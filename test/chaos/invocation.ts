import type { Wake } from "../../src/core/events/wake.ts";
import type { Env } from "../../src/env.ts";
import { guarded } from "../faults/bindings.ts";
import { FAULTS } from "../faults/world.ts";
import type { Random } from "./random.ts";

/**
 * What befalls a call of a binding: it throws before or after it was carried out, the worker dies with it (no later
 * call is carried out either), or it hangs until time has moved on.
 */
export type Fault = "before" | "after" | "death before" | "death after" | "stall";
const KINDS: readonly Fault[] = ["before", "after", "death before", "death after", "stall"];

export interface Fate {
  random: Random;
  /** How likely each call is to go wrong. */
  rate: number;
  noteFault(binding: keyof Env, fault: Fault): void;
  /** Told of each wake-up that has reached the queue. */
  sent(wake: Wake): void;
  /** Resolves when time has moved on. */
  later(): Promise<void>;
}

/** One invocation of the Worker, with bindings of its own that fail as its fate has it. */
export class Invocation {
  readonly env: Env;
  /** Calls of the database that were carried out, and those of them whose caller heard so. */
  readonly database = { carriedOut: 0, answered: 0 };
  private isDead = false;
  private readonly stalled = Promise.withResolvers<void>();

  constructor(private readonly fate: Fate) {
    this.env = guarded(
      (binding, run) => this.pass(binding, run),
      (wake) => fate.sent(wake),
    );
  }

  /** Resolves when the work is over, or hangs. It may throw only where calls can go wrong. */
  async run(work: (env: Env) => Promise<unknown>, open: Promise<void>[]): Promise<void> {
    const done = work(this.env).then(
      () => {},
      (error) => {
        if (this.fate.rate === 0) throw error;
      },
    );
    open.push(done);
    await Promise.race([done, this.stalled.promise]);
  }

  private async pass<T>(binding: keyof Env, call: () => Promise<T>): Promise<T> {
    const { random, rate, noteFault, later } = this.fate;
    const carryOut = async () => {
      const answer = await call();
      if (binding === "DB") this.database.carriedOut += 1;
      return answer;
    };
    const pass = async () => {
      const answer = await carryOut();
      if (binding === "DB") this.database.answered += 1;
      return answer;
    };
    if (this.isDead) throw new Error("The worker has died.");
    if (!random.chance(rate)) return pass();
    const fault = random.pick(KINDS);
    noteFault(binding, fault);
    if (fault === "stall") {
      this.stalled.resolve();
      await later();
      return pass();
    }
    if (fault.endsWith("after")) await carryOut();
    if (fault.startsWith("death")) this.isDead = true;
    throw new Error(random.pick(FAULTS));
  }
}
