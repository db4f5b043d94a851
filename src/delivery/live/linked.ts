import { z } from "@hono/zod-openapi";
import { publicSite, type VisitedSite } from "../../content/live/public.ts";
import { commitAs, visitorContext } from "../../content/live/visitor.ts";
import { DomainError, invalid, notFound } from "../../core/errors.ts";
import { text } from "../../core/fields.ts";
import { checkIdempotencyKey } from "../../core/http/idempotency.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Env } from "../../env.ts";
import { SiteName } from "./contract.ts";

/** The website a call is about. */
export const SiteQuery = z.strictObject({
  site: SiteName.meta({ description: "The site by its id or slug; left out where the site's own domain is called" }),
});

const token = text(100).min(1, "must not be empty");

/** What opens something to whoever has its link. */
export const TokenQuery = z.strictObject({ token: token.meta({ description: "The token of its link" }) });

/** The same, from a mail. */
export const MailedQuery = TokenQuery.extend({
  confirm: token.meta({ description: "What the link in the mail has as `confirm`" }),
});

/** The key of a call that makes something: those of callers and of our own forms are no two of a kind. */
export function keyOfCall(key: string | null): string {
  if (key === null) throw invalid("Idempotency-Key", "is required");
  checkIdempotencyKey(key);
  return `api:${key}`;
}

/**
 * Makes something under a key. Who comes too late for it, since a call with the same key was faster, is given what that one
 * has made. `make` begins anew each time, with a context of its own.
 */
export async function onceByKey<Made>(make: () => Promise<Made>, isMade: () => Promise<boolean>): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "conflict" || !(await isMade())) throw error;
    return make();
  }
}

/** An id and the token of its link. */
export interface Linked {
  id: string;
  token: string;
}

/**
 * Does something behind a link in the name of whoever holds it, on the published site it was made at. `siteOf` tells which
 * one that is. Whatever is wrong with the link, there is no such thing: `not_found`.
 */
export async function behindLink<Result>(
  ctx: Ctx,
  { id, label, siteOf }: { id: string; label: string; siteOf(env: Env, id: string): Promise<string | null> },
  act: (visitor: Ctx, site: VisitedSite) => Promise<Result>,
): Promise<{ visitor: Ctx; site: VisitedSite; result: Result }> {
  const siteId = await siteOf(ctx.env, id);
  const site = siteId === null ? null : await publicSite(ctx.env, { id: siteId });
  if (!site) throw notFound(label);
  const visitor = visitorContext(ctx, site);
  return { visitor, site, result: await commitAs(visitor, (it) => act(it, site)) };
}
