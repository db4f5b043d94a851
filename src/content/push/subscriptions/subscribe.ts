import { and, eq, sql } from "drizzle-orm";
import { ConcurrentChange, DomainError, invalid } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import { checkTarget } from "../../../core/target.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { stageChange } from "../../../core/work/versioned.ts";
import { hashOf, sealSubscription } from "../../../push/subscription.ts";
import type { Subscribe } from "./contract.ts";
import { PUSH_SUBSCRIPTIONS } from "./resource.ts";
import { type PushSubscriptionRow, pushSubscriptions } from "./table.ts";

/** Subscriptions that a website may have. */
export const MAX_SUBSCRIPTIONS = 200_000;

/** Refuses what nothing could ever be sent to: addresses within networks, keys that are no point of the curve. */
async function requireUsable({ endpoint, keys }: Subscribe): Promise<URL> {
  const target = checkTarget(endpoint, false);
  if ("problem" in target) throw invalid("endpoint", target.problem);
  const point = Uint8Array.from(atob(keys.p256dh.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
  const isPoint = await crypto.subtle
    .importKey("raw", point, { name: "ECDH", namedCurve: "P-256" }, false, [])
    .then(() => point.length === 65)
    .catch(() => false);
  if (!isPoint) throw invalid("keys.p256dh", "must be an uncompressed point of P-256 in base64url");
  return target.url;
}

async function findByEndpoint(ctx: Ctx, siteId: string, endpoint: string): Promise<PushSubscriptionRow | null> {
  const isIt = and(eq(pushSubscriptions.siteId, siteId), eq(pushSubscriptions.endpointHash, await hashOf(endpoint)));
  const [row] = await ctx.db
    .select()
    .from(pushSubscriptions)
    .where(scoped(ctx, pushSubscriptions, isIt));
  return row ?? null;
}

/** Stages a visitor's subscription; of one address there is one, and a second call changes it. */
export async function subscribe(
  ctx: Ctx,
  siteId: string,
  wish: Subscribe,
): Promise<{ row: PushSubscriptionRow; isNew: boolean }> {
  const { host } = await requireUsable(wish);
  const [before, replaced] = await Promise.all([
    findByEndpoint(ctx, siteId, wish.endpoint),
    wish.replaces && wish.replaces !== wish.endpoint ? findByEndpoint(ctx, siteId, wish.replaces) : null,
  ]);
  const kept = before ?? replaced;
  const own = {
    ...(await sealSubscription(ctx.env, siteId, wish)),
    host,
    locale: wish.locale ?? kept?.locale ?? null,
    topics: wish.topics ?? kept?.topics ?? [],
  };
  if (replaced) ctx.unit.stage(ctx.db.delete(pushSubscriptions).where(eq(pushSubscriptions.id, replaced.id)));
  if (before) return { row: stageChange(ctx, pushSubscriptions, before, own), isNew: false };
  const row: PushSubscriptionRow = {
    ...{ id: newId(PUSH_SUBSCRIPTIONS.idPrefix, ctx.now), ...ownedBy(ctx) },
    ...{ folded: null, change: null, version: 1, createdAt: ctx.now, updatedAt: ctx.now },
    ...own,
  };
  const message = `A website can have at most ${MAX_SUBSCRIPTIONS} push subscriptions.`;
  ctx.unit.require(
    sql`${PUSH_SUBSCRIPTIONS.counter.count(siteId)} < ${MAX_SUBSCRIPTIONS}`,
    new DomainError("conflict", message, { reason: "too_many_subscriptions" }),
  );
  ctx.unit.onDuplicate([pushSubscriptions.siteId, pushSubscriptions.endpointHash], new ConcurrentChange());
  ctx.unit.stage(ctx.db.insert(pushSubscriptions).values(row));
  return { row, isNew: true };
}

/** Stages the end of a visitor's subscription. Whoever knows the address is the browser it is of; of another one nothing is said. */
export async function unsubscribe(ctx: Ctx, siteId: string, endpoint: string): Promise<void> {
  const isIt = and(eq(pushSubscriptions.siteId, siteId), eq(pushSubscriptions.endpointHash, await hashOf(endpoint)));
  ctx.unit.stage(ctx.db.delete(pushSubscriptions).where(scoped(ctx, pushSubscriptions, isIt)));
}
