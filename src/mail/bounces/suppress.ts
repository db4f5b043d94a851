import { and, desc, eq, isNotNull } from "drizzle-orm";
import { databaseOf } from "../../core/storage/database.ts";
import { attempted } from "../../core/work/attempts.ts";
import { jobContext } from "../../core/work/job-context.ts";
import type { Env } from "../../env.ts";
import { followUnreachable } from "../followers.ts";
import { recipientHash } from "../recipient.ts";
import { stageSuppression } from "../suppress.ts";
import { type MailRow, mails } from "../table.ts";
import type { Undelivered } from "./event.ts";

/** The mail an event is about: by what the provider calls it, else the last that went to the address. */
async function mailOf(env: Env, { providerId, email }: Undelivered): Promise<MailRow | null> {
  const db = databaseOf(env, 0);
  if (providerId !== null) {
    const [found] = await db.select().from(mails).where(eq(mails.providerId, providerId));
    if (found) return found;
  }
  const hash = await recipientHash(env, email);
  const [last] = await db
    .select()
    .from(mails)
    .where(and(eq(mails.recipientHash, hash), isNotNull(mails.finishedAt), eq(mails.status, "sent")))
    .orderBy(desc(mails.finishedAt))
    .limit(1);
  return last ?? null;
}

/**
 * Has the site whose mail it was write to the address no more. Of a mail that nobody knows (any more) nothing follows. Safe
 * to repeat: the same address is listed once.
 */
export async function suppressUndelivered(env: Env, undelivered: Undelivered, now: number): Promise<void> {
  const mail = await mailOf(env, undelivered);
  if (!mail) return;
  const { email, reason, detail } = undelivered;
  const ctx = jobContext(env, mail, "job:mail", now);
  await attempted(ctx.unit, async () => {
    await stageSuppression(ctx, { siteId: mail.siteId, email, reason, detail });
    await followUnreachable(ctx, { siteId: mail.siteId, email, reason, detail, mailId: mail.id });
    await ctx.unit.commit();
  });
}
