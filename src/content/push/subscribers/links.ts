import { and, eq } from "drizzle-orm";
import { notFound } from "../../../core/errors.ts";
import { signLink, verifyLink } from "../../../core/links.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Env } from "../../../env.ts";
import { publicAddress, type PublicPlace } from "../../live/public-address.ts";
import { type SubscriberRow, subscribers } from "./table.ts";

/** What a link of a subscriber's does. */
export type LinkKind = "confirm" | "unsubscribe";

const contextOf = (kind: LinkKind, siteId: string): string => `newsletter.${kind}:${siteId}`;

/** What is signed: a confirmation is of the moment it was asked for, the end of a subscription holds for ever. */
const textOf = (kind: LinkKind, { id, askedAt }: Pick<SubscriberRow, "id" | "askedAt">): string =>
  kind === "confirm" ? `${id}:${askedAt}` : id;

/** The address of a link that confirms or ends a subscription, for mails. */
export async function subscriberLink(
  env: Env,
  kind: LinkKind,
  subscriber: Pick<SubscriberRow, "id" | "askedAt" | "siteId">,
  place: Omit<PublicPlace, "path">,
): Promise<string> {
  const token = await signLink(env, contextOf(kind, subscriber.siteId), textOf(kind, subscriber));
  const query = new URLSearchParams({ s: subscriber.id, t: token });
  return `${publicAddress({ ...place, path: `newsletter/${kind}` })}?${query}`;
}

/** The subscriber a signed link is for. Whatever is wrong with it, there is none: `not_found`. */
export async function subscriberOfLink(
  ctx: Ctx,
  kind: LinkKind,
  { siteId, subscriberId, token }: { siteId: string; subscriberId: string; token: string },
): Promise<SubscriberRow> {
  const isIt = and(eq(subscribers.siteId, siteId), eq(subscribers.id, subscriberId));
  const [row] = await ctx.db
    .select()
    .from(subscribers)
    .where(scoped(ctx, subscribers, isIt));
  if (!row || !(await verifyLink(ctx.env, contextOf(kind, siteId), textOf(kind, row), token))) {
    throw notFound("Subscriber");
  }
  return row;
}
