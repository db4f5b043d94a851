import type { z } from "@hono/zod-openapi";
import type { PushKeySchema, Subscribe, SubscribedSchema } from "../../content/push/subscriptions/contract.ts";
import { subscribe, unsubscribe } from "../../content/push/subscriptions/subscribe.ts";
import { pushKeyOf } from "../../content/push/subscriptions/key.ts";
import { commitAs, visitorContext } from "../../content/live/visitor.ts";
import type { Ctx } from "../../core/work/context.ts";
import { visitedSite } from "../live/visited.ts";

/** The key that pages of a site subscribe with. */
export async function pushKeyForVisitor(ctx: Ctx, named: string | undefined): Promise<z.input<typeof PushKeySchema>> {
  return pushKeyOf(ctx, await visitedSite(ctx, named));
}

/** Subscribes a visitor's browser, or changes what it has said before. */
export async function subscribeVisitor(
  ctx: Ctx,
  named: string | undefined,
  wish: Subscribe,
): Promise<{ data: z.input<typeof SubscribedSchema>; isNew: boolean }> {
  const site = await visitedSite(ctx, named);
  const { row, isNew } = await commitAs(visitorContext(ctx, site), (visitor) => subscribe(visitor, site.siteId, wish));
  return { data: { locale: row.locale, topics: row.topics }, isNew };
}

/** Ends the subscription of a visitor's browser, if there is one. */
export async function unsubscribeVisitor(ctx: Ctx, named: string | undefined, endpoint: string): Promise<void> {
  const site = await visitedSite(ctx, named);
  await commitAs(visitorContext(ctx, site), (visitor) => unsubscribe(visitor, site.siteId, endpoint));
}
