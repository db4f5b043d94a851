import { ANONYMOUS } from "../../core/access/caller.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { attempted } from "../../core/work/attempts.ts";
import type { AnonymousCaller, Ctx } from "../../core/work/context.ts";
import { UnitOfWork } from "../../core/work/unit-of-work.ts";
import { wakeIdle } from "../../core/work/wake-idle.ts";
import type { VisitedSite } from "./public.ts";

type Visited = Pick<VisitedSite, "siteId" | "tenant">;

/** What is known of a visitor's request. */
export type Arrived = Pick<Ctx, "env" | "now" | "requestId" | "ip" | "origin">;

/** A visitor of one site: within it, and with no scope, so that whatever asks what the caller may do refuses. */
const visitorOf = ({ siteId, tenant }: Visited): AnonymousCaller => ({
  ...ANONYMOUS,
  ...tenant,
  actor: "visitor",
  siteIds: [siteId],
  workspace: { ...ANONYMOUS.workspace, id: tenant.workspaceId },
});

/** The context of what a visitor does on a site. Its reads and writes are of the site's workspace and environment. */
export function visitorContext({ env, now, requestId, ip, origin }: Arrived, site: Visited): Ctx {
  const caller = visitorOf(site);
  const db = databaseOf(env, caller.workspaceId);
  const unit = new UnitOfWork(db, { caller, now, ip, requestId, wake: (idle) => wakeIdle(env, caller, idle) });
  return { env, db, caller, now, requestId, callId: requestId, ip, origin, unit };
}

/** Does something in a visitor's name and commits it, again as long as others write what it has read. */
export const commitAs = <Result>(ctx: Ctx, act: (ctx: Ctx) => Promise<Result>): Promise<Result> =>
  attempted(ctx.unit, async () => {
    const result = await act(ctx);
    await ctx.unit.commit();
    return result;
  });
