import type { Env } from "../../env.ts";
import type { LimitFigure } from "../limit-figure.ts";
import type { KeyCharges } from "../limits/key-limits.ts";

/** A request as admission sees it. What it learns of the caller is noted here, for headers and the log. */
export interface Arrival {
  readonly env: Env;
  readonly request: Request;
  readonly ip: string;
  readonly requestId: string;
  /** As a write with a key carries it, whatever it holds. */
  readonly idempotencyKey: string | null;
  /** What makes two calls with that key the same call; `null` for one without it, or whose body could not be read. */
  readonly fingerprint: string | null;
  /** What of its cost was charged already, to the call it came with. */
  readonly paid: KeyCharges;
  /** The limits the request was counted against. */
  figures: LimitFigure[];
  keyId: number | null;
  workspaceId: number | null;
  /** A key that was one, and lets nobody in any more. */
  endedKeyId: number | null;
  waitUntil(work: Promise<unknown>): void;
}
