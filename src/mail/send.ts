import { and, eq, isNull } from "drizzle-orm";
import { newId } from "../core/ids.ts";
import { RUNTIME, type Runtime } from "../core/runtime.ts";
import { databaseOf } from "../core/storage/database.ts";
import { sites } from "../core/tenancy/sites/table.ts";
import { workspaces } from "../core/tenancy/workspaces/table.ts";
import type { Env } from "../env.ts";
import { isCampaign } from "./deliver.ts";
import type { Mail } from "./mail.ts";
import { subjectLine } from "./mail.ts";
import { recipientHash } from "./recipient.ts";
import { senderOf } from "./sender.ts";
import { bars, suppressionOf } from "./suppressed.ts";
import { mails } from "./table.ts";
import { transmit } from "./transport.ts";

/** What became of a mail that was sent at once. */
export type Sent =
  | { sent: true }
  | {
      sent: false;
      /** `refused` is for good, `unavailable` may pass. `suppressed`: a sandbox's, or to somebody who wants none. */
      reason: "suppressed" | "bounced" | "refused" | "unavailable";
      retryAfterSeconds?: number;
      /** A word for machines, as in `mails.reason`. */
      detail: string;
    };

/**
 * Sends one mail now, for engines with their own bookkeeping (campaigns): resolves to what became of it, and never throws
 * for a recipient who is refused. What was sent is noted, without its content, for bounces to find.
 */
export async function sendMail(env: Env, mail: Mail, runtime: Runtime = RUNTIME): Promise<Sent> {
  const db = databaseOf(env, 0);
  const [site] = await db
    .select({
      name: sites.name,
      settings: sites.settings,
      workspaceId: sites.workspaceId,
      environment: sites.environment,
    })
    .from(sites)
    .innerJoin(workspaces, and(eq(workspaces.id, sites.workspaceId), isNull(workspaces.deletedAt)))
    .where(eq(sites.id, mail.siteId));
  if (!site) return { sent: false, reason: "refused", detail: "site_gone" };
  if (site.environment === "sandbox") return { sent: false, reason: "suppressed", detail: "sandbox" };
  const reason = await suppressionOf(db, { siteId: mail.siteId, address: mail.to });
  if (bars(reason, { isCampaign: isCampaign(mail) })) {
    return { sent: false, reason: reason === "bounce" ? "bounced" : "suppressed", detail: reason as string };
  }
  const outcome = await transmit(env, runtime, senderOf(env, site), mail);
  if (outcome.kind === "later") {
    const retryAfterSeconds = Math.ceil(outcome.retryAfterMs / 1_000);
    return {
      sent: false,
      reason: "unavailable",
      detail: outcome.reason,
      ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
    };
  }
  if (outcome.kind !== "sent") {
    return { sent: false, reason: outcome.kind === "failed" ? "refused" : "suppressed", detail: outcome.reason };
  }
  const at = runtime.now();
  // It was sent: that it is not noted must not have it sent again.
  await db
    .insert(mails)
    .values({
      id: newId("mail", at),
      workspaceId: site.workspaceId,
      environment: site.environment,
      siteId: mail.siteId,
      kind: mail.kind,
      status: "sent",
      subject: subjectLine(mail.subject),
      recipientHash: await recipientHash(env, mail.to),
      attempts: 1,
      providerId: outcome.providerId,
      createdAt: at,
      finishedAt: at,
    })
    .catch(() => {});
  return { sent: true };
}
