import { and, eq } from "drizzle-orm";
import { RUNTIME } from "../../../../core/runtime.ts";
import { isListed, scoped } from "../../../../core/storage/scoped.ts";
import { pusher } from "../../../../push/send.ts";
import { pushSubscriptions } from "../../subscriptions/table.ts";
import { isWithin } from "../audience.ts";
import { messageOf } from "../rules.ts";
import type { Channel } from "./channel.ts";

/** Notifications of browsers. */
export const WEB_PUSH: Channel = {
  subscribers: pushSubscriptions,

  isFor: (campaign) => isWithin(campaign, pushSubscriptions),

  async open(ctx, campaign) {
    const { siteId, ttlSeconds, urgency, topic } = campaign;
    const content = { message: messageOf(campaign), options: { ttlSeconds, urgency, topic } };
    const push = await pusher(ctx.env, { ...ctx.caller, siteId }, content, RUNTIME);
    return async (ids) => {
      const isOne = and(eq(pushSubscriptions.siteId, siteId), isListed(pushSubscriptions.id, ids));
      const rows = await ctx.db
        .select()
        .from(pushSubscriptions)
        .where(scoped(ctx, pushSubscriptions, isOne));
      return new Map(rows.map((row) => [row.id, () => push(row)]));
    };
  },

  remove: (db, { siteId }, ids) =>
    db.delete(pushSubscriptions).where(and(eq(pushSubscriptions.siteId, siteId), isListed(pushSubscriptions.id, ids))),
};
