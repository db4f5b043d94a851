import { sql } from "drizzle-orm";
import { ConcurrentChange } from "../core/errors.ts";
import { log } from "../core/http/log.ts";
import type { Runtime } from "../core/runtime.ts";
import { databaseOf } from "../core/storage/database.ts";
import { jobContext } from "../core/work/job-context.ts";
import type { Env } from "../env.ts";
import { followSettled } from "./followers.ts";
import { type HeldMail, isHeld } from "./lease.ts";
import type { Outcome } from "./outcome.ts";
import { recipientHash } from "./recipient.ts";
import { retryDelayMs } from "./schedule.ts";
import { mails, type MailRow } from "./table.ts";

/** How often what became of a mail is written down: as long as it is not, the mail may be sent again. */
const RECORDINGS = 3;

/** What a mail is after an attempt. */
async function after(env: Env, mail: HeldMail, outcome: Outcome, runtime: Runtime): Promise<Partial<MailRow>> {
  const at = runtime.now();
  if (outcome.kind === "later") {
    const delay = retryDelayMs(mail.attempts, runtime.random(), outcome.retryAfterMs);
    if (delay !== null) return { leaseId: null, dueAt: at + delay, reason: outcome.reason };
  }
  return {
    status: outcome.kind === "later" ? "failed" : outcome.kind,
    reason: outcome.kind === "sent" ? null : outcome.reason,
    providerId: outcome.kind === "sent" ? outcome.providerId : null,
    recipientHash: mail.recipient === null ? null : await recipientHash(env, mail.recipient),
    recipient: null,
    content: null,
    leaseId: null,
    dueAt: null,
    finishedAt: at,
  };
}

/** Commits what became of a mail, with what follows from it, should it still be held. */
async function commit(env: Env, mail: HeldMail, changes: Partial<MailRow>, at: number, follow: boolean): Promise<void> {
  const ctx = jobContext(env, mail, "job:mail", at);
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${mails} WHERE ${isHeld(mail)})`);
  ctx.unit.stage(ctx.db.update(mails).set(changes).where(isHeld(mail)));
  // Followers are told who it was for: the row itself does not say any more.
  if (follow) await followSettled(ctx, { ...mail, ...changes, recipient: mail.recipient });
  await ctx.unit.commit();
}

/** Whether somebody else has it by now, or it is gone with its workspace. */
async function isLost(env: Env, mail: HeldMail): Promise<boolean> {
  const found = await databaseOf(env, mail.workspaceId).select({ id: mails.id }).from(mails).where(isHeld(mail));
  return found.length === 0;
}

/**
 * Writes down what became of a mail. A database that does not answer is asked again, and so is a commit that another one has
 * come before; should what follows fail for good, the mail is recorded without it, since it is not to be sent again.
 */
export async function record(env: Env, mail: HeldMail, outcome: Outcome, runtime: Runtime): Promise<void> {
  const changes = await after(env, mail, outcome, runtime);
  const isEnd = changes.finishedAt !== undefined;
  for (let recording = 1; ; recording += 1) {
    try {
      return await commit(env, mail, changes, runtime.now(), isEnd && recording < RECORDINGS);
    } catch (error) {
      if (await isLost(env, mail).catch(() => false)) return;
      if (recording === RECORDINGS) throw error;
      if (error instanceof ConcurrentChange) continue;
      log(env.LOG_LEVEL, "error", {
        message: "mail not recorded",
        mailId: mail.id,
        kind: mail.kind,
        detail: String((error as Error).cause ?? error).slice(0, 500),
      });
    }
  }
}
