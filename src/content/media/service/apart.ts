import type { Ctx } from "../../../core/work/context.ts";
import { UnitOfWork } from "../../../core/work/unit-of-work.ts";

/**
 * The same caller with a commit of its own, for what has to be true before the request's: room for bytes is kept before
 * they go into the bucket, which knows no transaction. It announces nothing.
 */
export function apart(ctx: Ctx): Ctx {
  const { caller, now, ip, requestId, db } = ctx;
  return { ...ctx, unit: new UnitOfWork(db, { caller, now, ip, requestId, wake: () => {} }) };
}
