import { and, eq, sql } from "drizzle-orm";
import { isListed, scoped } from "../../../../core/storage/scoped.ts";
import type { Ctx } from "../../../../core/work/context.ts";
import { sendMail } from "../../../../mail/send.ts";
import type { PushOutcome } from "../../../../push/outcome.ts";
import { newsletterWordsFor } from "../../../../rendering/newsletter/words.ts";
import type { SiteRow } from "../../../resource/declaration.ts";
import { findSite } from "../../../sites/service.ts";
import { subscriberLink } from "../../subscribers/links.ts";
import { type SubscriberRow, subscribers } from "../../subscribers/table.ts";
import { isWithin } from "../audience.ts";
import type { CampaignRow } from "../table.ts";
import type { Channel } from "./channel.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** HTML with the way out at its end: within the body, where it has one. */
function withWayOut(html: string, link: string, label: string): string {
  const way = `<p><a href="${escaped(link)}">${escaped(label)}</a></p>`;
  const end = html.toLowerCase().lastIndexOf("</body>");
  return end < 0 ? html + way : html.slice(0, end) + way + html.slice(end);
}

/** Nobody knows whether it was handed over; the next ones wait, in case the provider is out of order. */
const LOST: PushOutcome = { status: "unconfirmed", error: "The sending was interrupted.", pauseSeconds: 60 };

/** Sends a campaign to one subscriber, with a link of his own that ends it. */
async function sendOne(
  ctx: Ctx,
  { campaign, site, to }: { campaign: CampaignRow; site: SiteRow; to: SubscriberRow },
): Promise<PushOutcome> {
  const locale = to.locale ?? site.locale;
  const { unsubscribe } = newsletterWordsFor(locale);
  const link = await subscriberLink(ctx.env, "unsubscribe", to, { site, origin: campaign.origin, locale });
  const sent = await sendMail(ctx.env, {
    kind: "campaign",
    siteId: campaign.siteId,
    to: to.email,
    subject: campaign.title,
    text: `${campaign.body}\n\n-- \n${unsubscribe}: ${link}\n`,
    ...(campaign.html !== null && { html: withWayOut(campaign.html, link, unsubscribe) }),
    unsubscribeUrl: link,
  }).catch(() => null);
  if (sent === null) return LOST;
  if (sent.sent) return { status: "sent" };
  const { reason, retryAfterSeconds, detail } = sent;
  if (reason === "bounced") return { status: "gone" };
  if (reason !== "unavailable") return { status: "failed", error: `The mail was ${reason}: ${detail}.` };
  // What the provider has not refused it may have taken.
  if (detail === "unavailable") return LOST;
  if (retryAfterSeconds !== undefined) return { status: "throttled", retryAfterSeconds };
  return { status: "unavailable", error: `Mails cannot be sent: ${detail}.` };
}

/** Mails to those who have confirmed that they want them. */
export const EMAIL: Channel = {
  subscribers,

  isFor: (campaign) => and(eq(subscribers.status, "active"), isWithin(campaign, subscribers)),

  async open(ctx, campaign) {
    const site = await findSite(ctx, campaign.siteId);
    return async (ids) => {
      const isOne = and(
        eq(subscribers.siteId, site.id),
        eq(subscribers.status, "active"),
        isListed(subscribers.id, ids),
      );
      const rows = await ctx.db
        .select()
        .from(subscribers)
        .where(scoped(ctx, subscribers, isOne));
      return new Map(rows.map((to) => [to.id, () => sendOne(ctx, { campaign, site, to })]));
    };
  },

  // Who has bounced is kept, so that nobody subscribes a dead address again by mistake.
  remove: (db, { siteId }, ids) =>
    db
      .update(subscribers)
      .set({
        status: "bounced",
        version: sql`${subscribers.version} + 1`,
        updatedAt: sql`${subscribers.updatedAt} + 1`,
      })
      .where(and(eq(subscribers.siteId, siteId), eq(subscribers.status, "active"), isListed(subscribers.id, ids))),
};
