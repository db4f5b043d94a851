import { eq } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { requireScope } from "../../../core/access/authorise.ts";
import { boundsOf } from "../../../core/access/caller.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { counter } from "../../../core/storage/counter.ts";
import { listByCursor } from "../../../core/storage/list.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import { findSite } from "../../sites/service.ts";
import { type ListJobsQuery, toJob } from "../contract.ts";
import { type AnyKind, jobKinds } from "../kind.ts";
import { JOB_KINDS, JOB_STATUSES, jobs } from "../table.ts";

/** Counted by kind and status together, so that every filter has an exact total. */
const JOBS = counter(
  "jobs",
  JOB_KINDS.flatMap((kind) => JOB_STATUSES.map((status) => `${kind}.${status}` as const)),
);

const maySee = ({ caller }: Ctx, { scope, integrations = false }: AnyKind): boolean =>
  caller.scopes.has(scope) && (integrations || boundsOf(caller)?.accessType !== "integrations");

/** The kinds of jobs a caller may see. */
const visibleKinds = (ctx: Ctx): AnyKind[] => jobKinds().filter((kind) => maySee(ctx, kind));

/** Refuses a caller who may see no kind of job at all, or not the one it asks for. */
export async function authoriseJobs(ctx: Ctx, wanted: string | null): Promise<void> {
  const seen = visibleKinds(ctx);
  const kind = jobKinds().find(({ name }) => name === wanted) ?? (seen.length === 0 ? jobKinds()[0] : undefined);
  if (kind && !seen.includes(kind)) requireScope(ctx.caller, kind.scope);
}

/** The jobs of a website that the caller may see, newest first unless asked otherwise. */
export async function listJobs({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; query: z.output<typeof ListJobsQuery> };
}) {
  const { siteId, query } = input;
  await findSite(ctx, siteId);
  const kinds = visibleKinds(ctx)
    .map(({ name }) => name)
    .filter((name) => query.kind === undefined || name === query.kind);
  const status = query.status === undefined ? undefined : eq(jobs.status, query.status);
  const isSeen = kinds.length === jobKinds().length ? undefined : isListed(jobs.kind, kinds);
  const statuses = query.status === undefined ? JOB_STATUSES : [query.status];
  const source = {
    name: `jobs:${siteId}`,
    table: jobs,
    id: jobs.id,
    where: scoped(ctx, jobs, eq(jobs.siteId, siteId), status, isSeen),
    orders: { createdAt: jobs.createdAt },
    counted: JOBS.count(
      siteId,
      kinds.flatMap((kind) => statuses.map((it) => `${kind}.${it}` as const)),
    ),
  };
  const { rows, pagination } = await listByCursor(ctx, source, query);
  return { items: rows.map(toJob), pagination };
}
