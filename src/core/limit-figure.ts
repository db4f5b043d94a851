/** Whose limit it is. */
export type LimitScope = "key" | "workspace" | "site" | "ip";

/** One limit as a response header shows it. */
export interface LimitFigure {
  name: string;
  scope: LimitScope;
  limit: number;
  remaining: number;
  /** Seconds until the limit is whole again. */
  resetSeconds: number;
  /** The period the limit speaks of, in seconds (`w` of `RateLimit-Policy`). */
  windowSeconds: number;
}
