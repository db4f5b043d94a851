import { and, eq } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { suppressionOf } from "../../../mail/suppressed.ts";
import { shownBy } from "../../resource/contract.ts";
import { changeItem, createItem, type Written } from "../../resource/write.ts";
import { findSite } from "../../sites/service.ts";
import { stageConfirmation } from "./confirmation.ts";
import { SubscriberSchema } from "./contract.ts";
import { type LinkKind, subscriberOfLink } from "./links.ts";
import { SUBSCRIBERS } from "./resource.ts";
import { type SubscriberRow, subscribers } from "./table.ts";

/** Between two mails that ask the same address to confirm: nobody is to be flooded by others. */
const REMIND_MS = 10 * 60_000;

/** Visitors set what keys may not: the rest is as for everybody's. */
const WRITTEN = {
  ...SUBSCRIBERS,
  create: { columns: ({ body }: { body: object }) => body },
  show: shownBy(SubscriberSchema),
} as unknown as Written<typeof subscribers>;

/** What a visitor wants. */
export interface Wish {
  siteId: string;
  /** In lower case (`SubscriberEmailSchema`). */
  email: string;
  topics: string[];
  locale: string | null;
}

async function findByEmail(ctx: Ctx, { siteId, email }: Wish): Promise<SubscriberRow | undefined> {
  const isIt = and(eq(subscribers.siteId, siteId), eq(subscribers.email, email));
  const [row] = await ctx.db
    .select()
    .from(subscribers)
    .where(scoped(ctx, subscribers, isIt));
  return row;
}

/**
 * Stages that somebody has asked for a website's news; whose address it is has to confirm that by mail. Whatever is known of
 * the address, nothing tells whoever asks: of one that is subscribed nothing changes, and one mail goes out in ten minutes.
 */
export async function subscribeByForm(ctx: Ctx, wish: Wish): Promise<void> {
  const { siteId, email, topics, locale } = wish;
  const site = await findSite(ctx, siteId);
  const row = await findByEmail(ctx, wish);
  if (row?.status === "active") return;
  const refused = await suppressionOf(ctx.db, { siteId, address: email });
  if (refused !== null && refused !== "unsubscribe") return;
  if (!row) {
    const asked = { email, topics, locale, askedAt: ctx.now, remindedAt: ctx.now };
    const rest = { status: "pending", source: "form", consentAt: null, unsubscribedAt: null };
    const made = await createItem(ctx, WRITTEN, { siteId, body: { ...asked, ...rest } });
    // Of two at once the index picks one; the other one is run again and finds it.
    ctx.unit.onDuplicate([subscribers.siteId, subscribers.email], new ConcurrentChange());
    return stageConfirmation(ctx, site, made);
  }
  if (row.status === "pending" && (row.remindedAt ?? 0) > ctx.now - REMIND_MS) return;
  const askedAt = row.status === "pending" ? row.askedAt : ctx.now;
  const own = { status: "pending" as const, topics, locale, askedAt, remindedAt: ctx.now, unsubscribedAt: null };
  await stageConfirmation(ctx, site, await changeItem(ctx, WRITTEN, row, { own, sent: {} }));
}

/** What names a subscriber in a link. */
export interface Linked {
  siteId: string;
  subscriberId: string;
  token: string;
}

const LINKED: Record<LinkKind, (ctx: Ctx) => Partial<SubscriberRow>> = {
  confirm: ({ now }) => ({ status: "active", consentAt: now, unsubscribedAt: null }),
  unsubscribe: ({ now }) => ({ status: "unsubscribed", unsubscribedAt: now }),
};

/**
 * Stages what a link of a mail's is for: that somebody confirms a subscription, or ends it. The second time nothing
 * changes. `not_found` for a link that is none; a confirmation of what was ended meanwhile is none any more.
 */
export async function followLink(ctx: Ctx, kind: LinkKind, linked: Linked): Promise<SubscriberRow> {
  const row = await subscriberOfLink(ctx, kind, linked);
  const own = LINKED[kind](ctx);
  const isDone = row.status === own.status;
  if (isDone) return row;
  if (kind === "confirm" && row.status !== "pending") return row;
  return changeItem(ctx, WRITTEN, row, { own, sent: {} });
}
