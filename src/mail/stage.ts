import { newId } from "../core/ids.ts";
import type { Ctx } from "../core/work/context.ts";
import { subjectLine, type Mail } from "./mail.ts";
import { isAddress } from "./sender.ts";
import { type MailRow, mails } from "./table.ts";
import { wakeMails } from "./wake.ts";

/** A row holds 2 MB, and the provider takes 5 MiB: text, HTML and attachments together come to no more. */
const MAX_BYTES = 1_000_000;

const encoder = new TextEncoder();

/** Why a mail cannot be sent, before it is tried; `null` for one that can. */
function obstacleTo({ caller }: Ctx, { to }: Mail, content: string): Pick<MailRow, "status" | "reason"> | null {
  if (caller.environment === "sandbox") return { status: "suppressed", reason: "sandbox" };
  if (!isAddress(to)) return { status: "failed", reason: "invalid_recipient" };
  if (encoder.encode(content).length > MAX_BYTES) return { status: "failed", reason: "too_large" };
  return null;
}

/**
 * Stages a mail into the request's commit. It is sent after that, at least once, until it is: never when the commit fails,
 * and twice only if the Worker dies between the provider's yes and its record. One that can never be sent is recorded
 * with the reason and costs the request nothing; a sandbox's is `suppressed`. Answers the mail's id and what it is by now.
 */
export function stageMail(ctx: Ctx, mail: Mail): Pick<MailRow, "id" | "status" | "reason"> {
  const { kind, siteId, to, subject, text, html, replyTo, attachments, unsubscribeUrl } = mail;
  const content = { text, html, replyTo, attachments, unsubscribeUrl };
  const obstacle = obstacleTo(ctx, mail, JSON.stringify(content));
  const { status, reason } = obstacle ?? { status: "queued" as const, reason: null };
  const id = newId("mail", ctx.now);
  ctx.unit.stage(
    ctx.db.insert(mails).values({
      id,
      workspaceId: ctx.caller.workspaceId,
      environment: ctx.caller.environment,
      siteId,
      kind,
      status,
      reason,
      recipient: obstacle ? null : to,
      subject: subjectLine(subject),
      content: obstacle ? null : content,
      attempts: 0,
      dueAt: obstacle ? null : ctx.now,
      createdAt: ctx.now,
      finishedAt: obstacle ? ctx.now : null,
    }),
  );
  if (!obstacle) wakeMails(ctx);
  return { id, status, reason };
}
