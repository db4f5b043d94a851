import { and, eq, isNull } from "drizzle-orm";
import { requireAllSites } from "../../../core/access/all-sites.ts";
import { boundsOf } from "../../../core/access/caller.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { ConcurrentChange, conflict, DomainError, invalid } from "../../../core/errors.ts";
import { withMade } from "../../../core/storage/folded.ts";
import { idTail, newIntegerId } from "../../../core/ids.ts";
import { workspaceChange } from "../../../core/limits/ledger-object.ts";
import { webhookEndpoints } from "../../../core/events/tables.ts";
import { tierRank } from "../../../core/limits/plans.ts";
import { slugFrom } from "../../../core/storage/slug.ts";
import { type ExpectedVersions, requireVersion } from "../../../core/storage/version.ts";
import { storedWithin } from "../../../core/fields.ts";
import { type CreateWorkspace, MAX_SETTINGS_BYTES, toWorkspace, type UpdateWorkspace } from "../contract.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import { WORKSPACE_EVENTS } from "../events.ts";
import { findAccount, findWorkspace, requireAccountAccess, type WorkspaceRow } from "./find.ts";
import { stageChange } from "../../../core/work/versioned.ts";
import { pauseAbandoned } from "../../../webhooks/disable.ts";
import { stageEndOfKeys } from "../../../webhooks/standing.ts";

/** A tier above what the account's contract allows: 403 with the way to upgrade. */
async function requireContract(ctx: Ctx, tier: string): Promise<number> {
  const account = await findAccount(ctx);
  if (tierRank(tier) > tierRank(account.contractTier)) {
    throw new DomainError("feature_limit_reached", `Your contract allows tiers up to ${account.contractTier}.`, {
      feature: "tier",
      upgradeUrl: ctx.env.UPGRADE_URL,
    });
  }
  return account.id;
}

/** A key could make no key in a workspace of a tier above its own, nor use one. */
function requireOwnTier(ctx: Ctx, tier: string): void {
  const own = boundsOf(ctx.caller);
  const ownTier = own && (own.rateLimitTier ?? own.workspace.tier);
  if (ownTier && tierRank(tier) > tierRank(ownTier)) {
    throw invalid("tier", `may not be above the tier of the key that makes the workspace, which is ${ownTier}`);
  }
}

/** Keys of the sandbox, and keys limited to certain sites, have no say over workspaces. */
export async function requireUnrestricted(ctx: Ctx): Promise<void> {
  if (ctx.caller.environment === "sandbox") {
    throw new DomainError("forbidden", "A sandbox API key cannot change workspaces.", { reason: "environment" });
  }
  requireAllSites(ctx, "change workspaces");
}

/** And a new one belongs to the account. */
export async function requireFounder(ctx: Ctx): Promise<void> {
  await requireUnrestricted(ctx);
  requireAccountAccess(ctx, "create a workspace");
}

/** A slug made of the name, with the id's end where the name spells nothing or is taken. */
async function slugFor(ctx: Ctx, name: string, id: number): Promise<string> {
  const base = await slugFrom(name, `workspace-${id}`);
  const [taken] = await ctx.db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.slug, base));
  return taken ? `${base}-${idTail(id, 6)}` : base;
}

export async function createWorkspace({ ctx, input }: { ctx: Ctx; input: CreateWorkspace }): Promise<WorkspaceRow> {
  const accountId = await requireContract(ctx, input.tier);
  requireOwnTier(ctx, input.tier);
  const id = newIntegerId(ctx.now);
  const row = withMade(workspaces, {
    id,
    accountId,
    name: input.name,
    slug: input.slug ?? (await slugFor(ctx, input.name, id)),
    tier: input.tier,
    settings: input.settings ?? {},
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    deletedAt: null,
    purgedRows: 0,
    purgedAt: null,
  });
  ctx.unit.stage(ctx.db.insert(workspaces).values(row));
  expectUnique(ctx, row, input.slug !== undefined);
  ctx.unit.emit(WORKSPACE_EVENTS.created, toWorkspace(row));
  ctx.unit.audit("workspace.created", { type: "workspace", id, after: toWorkspace(row) });
  return row;
}

function expectUnique(ctx: Ctx, row: WorkspaceRow, isSlugGiven: boolean): void {
  const taken = conflict("slug", `The slug "${row.slug}" is already taken.`);
  ctx.unit.onDuplicate([workspaces.slug], isSlugGiven ? taken : new ConcurrentChange());
}

/** Stages changes to a workspace. All its keys in use are told, so a lower tier holds on their very next call. */
function stageAnnounced(
  ctx: Ctx,
  before: WorkspaceRow,
  changes: Partial<WorkspaceRow>,
  expected: ExpectedVersions,
): WorkspaceRow {
  const after = stageChange(ctx, workspaces, before, changes, expected);
  ctx.unit.onCommit(workspaceChange(ctx.env, before.id, after.version));
  return after;
}

/** Changes the named fields; `settings` changes the entries it names, and removes those set to null. */
export async function updateWorkspace({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { workspaceId: number; changes: UpdateWorkspace; expectedVersions?: ExpectedVersions };
}): Promise<WorkspaceRow> {
  const before = await findWorkspace(ctx, input.workspaceId);
  requireVersion(before.version, input.expectedVersions);
  const { settings, ...plain } = input.changes;
  if (plain.tier) await requireContract(ctx, plain.tier);
  const merged = Object.entries({ ...before.settings, ...settings }).filter(([, value]) => value !== null);
  const whole = Object.fromEntries(merged);
  const [fits, message] = storedWithin(MAX_SETTINGS_BYTES);
  if (!fits(whole) || merged.length > 100)
    throw invalid("settings", merged.length > 100 ? "must have at most 100 entries" : message);
  const after = stageAnnounced(ctx, before, { ...plain, settings: whole }, input.expectedVersions);
  expectUnique(ctx, after, true);
  ctx.unit.emit(WORKSPACE_EVENTS.updated, toWorkspace(after));
  ctx.unit.audit("workspace.updated", {
    type: "workspace",
    id: after.id,
    before: toWorkspace(before),
    after: toWorkspace(after),
  });
  return after;
}

/** Deletes a workspace: its keys stop with the commit, its data is purged in the background (`purge.ts`). */
export async function deleteWorkspace({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { workspaceId: number; expectedVersions?: ExpectedVersions };
}): Promise<void> {
  const before = await findWorkspace(ctx, input.workspaceId);
  // The slug is free again at once; the row stays to show the progress of the purge. No live slug has a colon.
  const changes = { deletedAt: ctx.now, slug: `deleted:${before.id}` };
  stageAnnounced(ctx, before, changes, input.expectedVersions);
  // Nothing is sent any more, not even what is due.
  const isOurs = and(eq(webhookEndpoints.workspaceId, before.id), isNull(webhookEndpoints.deletedAt));
  ctx.unit.stage(ctx.db.update(webhookEndpoints).set({ isActive: false }).where(isOurs));
  // And in the account's other workspaces the keys of this one stand behind nothing any more.
  stageEndOfKeys(ctx, before.id);
  const pause = () => pauseAbandoned(ctx.env, ctx.now).catch(() => {});
  ctx.unit.onCommit({ after: pause });
  ctx.unit.audit("workspace.deleted", { type: "workspace", id: before.id, before: toWorkspace(before) });
}
