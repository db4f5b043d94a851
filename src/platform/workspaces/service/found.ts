import type { Environment } from "../../../core/keys/key-format.ts";
import { conflict } from "../../../core/errors.ts";
import { withMade } from "../../../core/storage/folded.ts";
import { newIntegerId } from "../../../core/ids.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Env } from "../../../env.ts";
import { toWorkspace } from "../contract.ts";
import { accounts, workspaces } from "../../../core/tenancy/workspaces/table.ts";
import { WORKSPACE_EVENTS } from "../events.ts";

export interface NewWorkspace {
  name: string;
  slug: string;
  tier: string;
  /** The highest tier the account's workspaces may have. */
  contractTier: string;
}

/** Creates an account with its first workspace, and returns the context to act in it. Used before there is any key. */
export async function foundWorkspace(env: Env, input: NewWorkspace, now: number): Promise<Ctx> {
  const id = newIntegerId(now);
  const accountId = newIntegerId(now);
  const environment: Environment = "live";
  const ctx = jobContext(env, { workspaceId: id, environment }, "job:setup", now);
  const { name, slug, tier, contractTier } = input;
  const row = withMade(workspaces, {
    id,
    accountId,
    name,
    slug,
    tier,
    settings: {},
    version: 1,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    purgedRows: 0,
    purgedAt: null,
  });
  ctx.unit.stage(
    ctx.db.insert(accounts).values({ id: accountId, name, contractTier, createdAt: now }),
    ctx.db.insert(workspaces).values(row),
  );
  ctx.unit.onDuplicate([workspaces.slug], conflict("slug", `The slug "${slug}" is already taken.`));
  ctx.unit.emit(WORKSPACE_EVENTS.created, toWorkspace(row));
  ctx.unit.audit("workspace.created", { type: "workspace", id, after: toWorkspace(row) });
  await ctx.unit.commit();
  return jobContext(env, { workspaceId: id, environment }, "job:setup", now);
}
