import { and, eq } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { MailFollower } from "../../../mail/followers.ts";
import { changeItem } from "../../resource/write.ts";
import { SUBSCRIBERS } from "./resource.ts";
import { subscribers } from "./table.ts";

/** A subscriber whose address is dead is written to no more, and one who has complained did not want it. */
export const SUBSCRIBER_FOLLOWER: MailFollower = {
  async unreachable(ctx, { siteId, email, reason }) {
    const isIt = and(eq(subscribers.siteId, siteId), eq(subscribers.email, email));
    const [row] = await ctx.db
      .select()
      .from(subscribers)
      .where(scoped(ctx, subscribers, isIt));
    const status = reason === "bounce" ? ("bounced" as const) : ("unsubscribed" as const);
    if (!row || row.status === status) return;
    const own = { status, ...(reason === "complaint" && { unsubscribedAt: ctx.now }) };
    await changeItem(ctx, SUBSCRIBERS as never, row as never, { own: own as never, sent: {} });
  },
};
