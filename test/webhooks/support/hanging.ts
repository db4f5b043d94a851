import { RUNTIME, type Runtime } from "../../../src/core/runtime.ts";
import type { TestClock } from "../../support/fixtures.ts";

/** The network as it is, and time limits that are reached when the test lets time pass. */
export class Waiting implements Runtime {
  readonly now = RUNTIME.now;
  readonly random = RUNTIME.random;
  readonly uuid = RUNTIME.uuid;
  /** Addresses posted to, in that order. */
  readonly posted: string[] = [];
  private limits: { at: number; abort: AbortController }[] = [];
  /** Those of them that have answered, or whose connection has failed. */
  readonly answered: string[] = [];
  private expected: { isSo: () => boolean; resolve: () => void } | null = null;

  constructor(private readonly clock: TestClock) {}

  deadline = (ms: number) => {
    const limit = { at: this.clock.time + ms, abort: new AbortController() };
    this.limits.push(limit);
    const clear = () => {
      this.limits = this.limits.filter((it) => it !== limit);
    };
    return { signal: limit.abort.signal, clear };
  };

  fetch = (url: URL, init: RequestInit): Promise<Response> => {
    this.posted.push(url.href);
    this.look();
    return RUNTIME.fetch(url, init).finally(() => {
      this.answered.push(url.href);
      this.look();
    });
  };

  private look(): void {
    if (this.expected?.isSo()) this.expected.resolve();
  }

  /** Resolves once it is so, as far as that follows from what is posted and answered. */
  async until(isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((resolve) => {
      this.expected = { isSo, resolve };
    });
  }

  pass(ms: number): void {
    this.clock.advance(ms);
    for (const { at, abort } of [...this.limits]) if (at <= this.clock.time) abort.abort();
  }
}
