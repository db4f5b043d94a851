import { now } from "./clock.ts";

/** A time limit for one call. */
export interface Deadline {
  /** Aborts when the time is over. */
  signal: AbortSignal;
  /** Forgets the limit; to be called once the call is over, however it ended. */
  clear(): void;
}

/** What engines are handed of the world around them: the clock, chance and the network. Tests hand in their own. */
export interface Runtime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number in [0, 1); good for spreading things, not for secrets. */
  random(): number;
  /** An identifier that nobody guesses. */
  uuid(): string;
  fetch(url: URL, init: RequestInit): Promise<Response>;
  deadline(ms: number): Deadline;
}

/** Bytes that nobody guesses, for secrets and keys. */
export const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** The real ones, for adapters to hand on: queue consumers, scheduled jobs, routes. */
export const RUNTIME: Runtime = {
  now,
  random: Math.random,
  uuid: () => crypto.randomUUID(),
  fetch: (url, init) => fetch(url, init),
  deadline(ms) {
    // Not `AbortSignal.timeout`: its timer outlives the call, and an invocation may have only so many.
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), ms);
    return { signal: abort.signal, clear: () => clearTimeout(timer) };
  },
};
