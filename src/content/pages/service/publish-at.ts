import type { Ctx } from "../../../core/work/context.ts";
import { invalid } from "../../../core/errors.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import type { PageRow } from "./find.ts";

/** Further ahead is a slip of the keyboard. */
const MAX_AHEAD_MS = 5 * 366 * 24 * 3_600_000;

/** Checks when a page is to be published by itself, and has the scheduler wake then. */
export function checkSchedule(ctx: Ctx, { publishAt, status }: PageRow): void {
  if (publishAt === null) return;
  if (status !== "draft") throw invalid("publishAt", `is for drafts: this page is ${status}`);
  if (publishAt <= ctx.now) throw invalid("publishAt", "must be in the future");
  if (publishAt > ctx.now + MAX_AHEAD_MS) throw invalid("publishAt", "must be within five years");
  wakeAt(ctx, publishAt);
}
