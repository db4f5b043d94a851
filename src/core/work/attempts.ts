import { ConcurrentChange, DomainError } from "../errors.ts";
import type { UnitOfWork } from "./unit-of-work.ts";

/**
 * How often an operation is run because another write came between its read and its commit. Every attempt that fails
 * means another one succeeded, so this many callers can change one resource at the same time and all are served.
 */
const MAX_ATTEMPTS = 64;
/** And where every try tells the key's objects before and after: those have other calls to decide. */
const MAX_ANNOUNCED_ATTEMPTS = 4;

/**
 * Runs an operation that stages and commits its writes, again as long as others write what it has read. Throws 409 when
 * they never stop.
 */
export async function attempted<Result>(unit: UnitOfWork, run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ConcurrentChange)) throw error;
      if (attempt >= (unit.isAnnounced ? MAX_ANNOUNCED_ATTEMPTS : MAX_ATTEMPTS)) {
        const message = "The resource is being changed by others right now. Please retry.";
        throw new DomainError("conflict", message, { retryAfterSeconds: 1 });
      }
      unit.reset();
    }
  }
}
