import { eq } from "drizzle-orm";
import { log } from "../core/http/log.ts";
import { RUNTIME, type Runtime } from "../core/runtime.ts";
import { type Database, databaseOf } from "../core/storage/database.ts";
import { isListed } from "../core/storage/scoped.ts";
import { sites } from "../core/tenancy/sites/table.ts";
import { workspaces } from "../core/tenancy/workspaces/table.ts";
import type { Tenant } from "../core/work/scheduler.ts";
import type { Env } from "../env.ts";
import { giveBack, type HeldMail, LEASE_MS, nextDue, takeMails } from "./lease.ts";
import type { MailContent } from "./mail.ts";
import type { Outcome } from "./outcome.ts";
import { record } from "./record.ts";
import { MAX_ATTEMPTS } from "./schedule.ts";
import { type SendingSite, senderOf } from "./sender.ts";
import { bars, suppressionOf } from "./suppressed.ts";
import { SEND_TIMEOUT_MS, transmit } from "./transport.ts";

/** Mails taken by one run; the next one goes on. */
const LIMIT = 24;
/** How many are handed over at a time: connections of one invocation are few (docs/platform.md). */
const AT_ONCE = 4;
/** What is not begun by then is given back: its lease must outlast the attempt and its record. */
const MAX_RUN_MS = LEASE_MS - 3 * SEND_TIMEOUT_MS;

/** The sites of mails that may be sent: nothing leaves a workspace that has ended. */
async function sitesOf(db: Database, held: readonly HeldMail[]): Promise<Map<string, SendingSite>> {
  const ids = [...new Set(held.map(({ siteId }) => siteId))];
  const found = await db
    .select({ id: sites.id, name: sites.name, settings: sites.settings, endedAt: workspaces.deletedAt })
    .from(sites)
    .innerJoin(workspaces, eq(workspaces.id, sites.workspaceId))
    .where(isListed(sites.id, ids));
  return new Map(found.filter(({ endedAt }) => endedAt === null).map((site) => [site.id, site]));
}

async function attempt(env: Env, mail: HeldMail, site: SendingSite | undefined, runtime: Runtime): Promise<Outcome> {
  const { recipient, content, siteId, subject, environment } = mail;
  if (mail.attempts > MAX_ATTEMPTS) return { kind: "failed", reason: "given_up" };
  if (environment === "sandbox") return { kind: "suppressed", reason: "sandbox" };
  if (!site || recipient === null || content === null) return { kind: "failed", reason: "site_gone" };
  const reason = await suppressionOf(databaseOf(env, mail.workspaceId), { siteId, address: recipient });
  if (bars(reason, { isCampaign: isCampaign(content) })) return { kind: "suppressed", reason: reason as string };
  return transmit(env, runtime, senderOf(env, site), { ...content, to: recipient, subject });
}

export const isCampaign = ({ unsubscribeUrl }: MailContent): boolean => unsubscribeUrl !== undefined;

/**
 * Sends mails whose time has come, a few at a time. Safe to run twice at once. Answers when to look again; `null` when
 * none waits. One that cannot be sent does not keep the others waiting.
 */
export async function deliverMails(
  env: Env,
  _now: number,
  tenant?: Tenant,
  runtime: Runtime = RUNTIME,
): Promise<number | null> {
  const db = databaseOf(env, tenant?.workspaceId ?? 0);
  const until = runtime.now() + MAX_RUN_MS;
  const held = await takeMails(db, runtime, { tenant, atMost: LIMIT });
  if (held.length === 0) return nextDue(db, tenant);
  const known = await sitesOf(db, held);
  const work = async () => {
    for (let mail = held.shift(); mail; mail = held.shift()) {
      if (runtime.now() >= until) return held.unshift(mail);
      try {
        await record(env, mail, await attempt(env, mail, known.get(mail.siteId), runtime), runtime);
      } catch (error) {
        // It is due again once its lease ends.
        const detail = String(error).slice(0, 500);
        log(env.LOG_LEVEL, "error", { message: "mail failed", mailId: mail.id, kind: mail.kind, detail });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (held.length > 0) await giveBack(db, held, runtime.now());
  return nextDue(db, tenant);
}
