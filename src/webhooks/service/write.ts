import { sql } from "drizzle-orm";
import { siteNotAllowed } from "../../core/access/all-sites.ts";
import type { Ctx } from "../../core/work/context.ts";
import { DomainError, invalid } from "../../core/errors.ts";
import { webhookEndpoints } from "../../core/events/tables.ts";
import { newIntegerId } from "../../core/ids.ts";
import { tenantScope } from "../../core/storage/counter.ts";
import { withMade } from "../../core/storage/folded.ts";
import { ownedBy } from "../../core/storage/scoped.ts";
import type { ExpectedVersions } from "../../core/storage/version.ts";
import { isOwnSite } from "../../core/tenancy/sites/find.ts";
import { endReplay, stageGivingUp } from "../give-up.ts";
import type { EndpointRow } from "../lease.ts";
import { generateSecret } from "../secret.ts";
import { encryptSecret, endpointContext, NO_PREVIOUS, rotated } from "../signing-secrets.ts";
import { stageStanding } from "../standing.ts";
import { toWebhook } from "../wire.ts";
import { type EndpointId, findEndpoint } from "./find.ts";
import { ENDPOINTS } from "./list.ts";
import { checkEvents, checkUrl } from "./settings.ts";
import { stageChange } from "../../core/work/versioned.ts";

/** What a caller sets. */
export interface Settings {
  url: string;
  events: string[];
  description: string | null;
  isActive: boolean;
}

/** What a caller has named the address by. */
interface Names {
  urlField?: string;
}

/** What a workspace may have at a time in one environment. */
const MAX_ENDPOINTS = 2_000;

function requireRoom(ctx: Ctx): void {
  const count = ENDPOINTS.count(tenantScope(ctx.caller));
  const message = `A workspace has at most ${MAX_ENDPOINTS} webhook endpoints.`;
  ctx.unit.require(sql`${count} < ${MAX_ENDPOINTS}`, new DomainError("conflict", message));
}

/** The site must be the workspace's own; a key limited to sites sets up endpoints of those only. */
async function checkSite(ctx: Ctx, siteId: string | null): Promise<void> {
  const { siteIds } = ctx.caller;
  if (siteIds !== null) {
    if (siteId === null) throw invalid("site_id", "is required of an API key limited to certain sites");
    if (!siteIds.includes(siteId)) throw siteNotAllowed();
  }
  if (siteId !== null && !(await isOwnSite(ctx, siteId))) {
    throw invalid("site_id", "is not a site of this workspace");
  }
}

/** A new endpoint and its secret, which is shown this once. */
export async function createEndpoint({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Omit<Settings, "isActive"> & Names & { secret?: string | undefined; siteId: string | null };
}): Promise<{ row: EndpointRow; secret: string }> {
  checkUrl(ctx, input.url, input.urlField);
  const events = checkEvents(ctx, input.events);
  await checkSite(ctx, input.siteId);
  const secret = input.secret ?? generateSecret();
  const id = newIntegerId(ctx.now);
  const { actor } = ctx.caller;
  const row = withMade(webhookEndpoints, {
    id,
    ...ownedBy(ctx),
    siteId: input.siteId,
    url: input.url,
    description: input.description,
    events,
    isActive: true,
    inactiveReason: null,
    secret: await encryptSecret(ctx.env, id, secret),
    previousSecret: null,
    previousSecretUntil: null,
    actor,
    ...(await stageStanding(ctx)),
    successCount: 0,
    failureCount: 0,
    consecutiveFailures: 0,
    failingSince: null,
    lastDeliveryAt: null,
    finishedCount: 0,
    replayCount: 0,
    leaseId: null,
    leaseUntil: 0,
    restUntil: 0,
    pace: null,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    deletedAt: null,
  });
  requireRoom(ctx);
  ctx.unit.stage(ctx.db.insert(webhookEndpoints).values(row));
  ctx.unit.audit("webhook.created", { type: "webhook", id, after: toWebhook(row) });
  return { row, secret };
}

/** Stages changed columns of an endpoint nobody else has changed meanwhile. */
function stageAudited(
  ctx: Ctx,
  before: EndpointRow,
  changes: Partial<EndpointRow>,
  { action, expected = null }: { action: string; expected?: ExpectedVersions },
): EndpointRow {
  const after = stageChange(ctx, webhookEndpoints, before, changes, expected);
  ctx.unit.audit(action, { type: "webhook", id: before.id, before: toWebhook(before), after: toWebhook(after) });
  return after;
}

interface Named extends EndpointId {
  expectedVersions?: ExpectedVersions;
}

/** Who stands behind an endpoint once it is changed; one that is off has no moment to pause at. */
async function standing(ctx: Ctx, before: EndpointRow, { isActive = before.isActive }: Partial<EndpointRow>) {
  const behind = await stageStanding(ctx);
  return isActive ? behind : { ...behind, pausesAt: null };
}

export async function updateEndpoint({
  ctx,
  input: { changes, expectedVersions, ...named },
}: {
  ctx: Ctx;
  input: Named & { changes: Partial<Settings> };
}): Promise<EndpointRow> {
  const before = await findEndpoint(ctx, named);
  if (changes.url !== undefined) checkUrl(ctx, changes.url);
  const { isActive, events, ...plain } = changes;
  const columns: Partial<EndpointRow> = { ...plain, ...(events && { events: checkEvents(ctx, events) }) };
  if (isActive !== undefined && isActive !== before.isActive) {
    columns.isActive = isActive;
    columns.inactiveReason = isActive ? null : "deactivated";
    columns.pausesAt = null;
  }
  // What failed before was another address, or another time.
  if (columns.isActive || columns.url !== undefined)
    Object.assign(columns, { failingSince: null, consecutiveFailures: 0, restUntil: 0 });
  // Whoever points it elsewhere, or switches it on, stands behind it from then on: it is told what that key may know.
  if (columns.isActive || columns.url !== undefined) Object.assign(columns, await standing(ctx, before, columns));
  const after = stageAudited(ctx, before, columns, { action: "webhook.updated", expected: expectedVersions });
  if (columns.isActive === false) stageGivingUp(ctx, before.id);
  return after;
}

/** Gone for everybody at once; its deliveries are dropped in the background. */
export async function deleteEndpoint({ ctx, input }: { ctx: Ctx; input: Named }): Promise<void> {
  const { expectedVersions, ...named } = input;
  const before = await findEndpoint(ctx, named);
  const gone = { deletedAt: ctx.now, isActive: false, pausesAt: null };
  stageAudited(ctx, before, gone, { action: "webhook.deleted", expected: expectedVersions });
  ctx.unit.stage(endReplay(ctx, before.id));
}

/** Ends the former secret's grace: what is sent from now on is signed with the present one alone. */
export async function endPreviousSecret({ ctx, input }: { ctx: Ctx; input: EndpointId }): Promise<EndpointRow> {
  const before = await findEndpoint(ctx, input);
  if (before.previousSecret === null) return before;
  return stageAudited(ctx, before, NO_PREVIOUS, { action: "webhook.secret_ended" });
}

/** A new secret. For the grace both sign, so that receivers can change over without a gap (docs/contract.md §5). */
export async function rotateSecret({
  ctx,
  input: { secret: given, graceHours, ...named },
}: {
  ctx: Ctx;
  input: EndpointId & { secret?: string | undefined; graceHours: number };
}): Promise<{ row: EndpointRow; secret: string }> {
  const before = await findEndpoint(ctx, named);
  const secret = given ?? generateSecret();
  const rotation = { before, secret, graceHours, now: ctx.now };
  const changes = await rotated(ctx.env, endpointContext(before.id), rotation);
  return { row: stageAudited(ctx, before, changes, { action: "webhook.secret_rotated" }), secret };
}
