import { and, eq } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { MailFollower } from "../../../mail/followers.ts";
import { shownBy } from "../../resource/contract.ts";
import { changeItem, type Written } from "../../resource/write.ts";
import { SubscriberSchema } from "./contract.ts";
import { SUBSCRIBERS } from "./resource.ts";
import { subscribers } from "./table.ts";

/** What is known of the address is listed already: nothing more follows from it. */
const { follow: _listed, ...resource } = SUBSCRIBERS;
const WRITTEN = { ...resource, show: shownBy(SubscriberSchema) } as unknown as Written<typeof subscribers>;

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
    await changeItem(ctx, WRITTEN, row, { own, sent: {} });
  },
};
