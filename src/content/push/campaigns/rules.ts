import { conflict, invalid } from "../../../core/errors.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { fits, MAX_MESSAGE_BYTES, type PushMessage } from "../../../push/message.ts";
import type { CampaignRow, CampaignStatus } from "./table.ts";

/** How far ahead a campaign can be scheduled. */
const MAX_AHEAD_MS = 366 * 86_400_000;

/** The columns of a campaign that nobody has begun to send. */
export const UNSENT = {
  ...{ startedAt: null, finishedAt: null, jobId: null },
  ...{ recipients: 0, queued: 0, sent: 0, failed: 0, gone: 0, unconfirmed: 0, suppressed: 0 },
};

/** What the notification of a campaign says. */
export const messageOf = ({ title, body, url, icon }: CampaignRow): PushMessage => ({ title, body, url, icon });

/** What holds of a campaign as a whole. */
export function requireSendable(row: CampaignRow): void {
  if (row.channel === "email") {
    if (row.icon !== null) throw invalid("icon", "is of notifications: a mail has no icon");
    if (row.url !== null) throw invalid("url", "is of notifications: a mail has its links in its text");
    return;
  }
  if (row.html !== null) throw invalid("html", "is of mails: a notification is plain text");
  if (!fits(messageOf(row)))
    throw invalid(
      "body",
      `is too long: a notification has at most ${MAX_MESSAGE_BYTES} bytes with title and addresses`,
    );
}

/** Only what nobody has been sent can be changed. */
export function requireUnsent({ status }: Pick<CampaignRow, "status">): void {
  if (status === "draft" || status === "scheduled") return;
  throw conflict("status", `A campaign can be changed until it is sent: this one is ${status}.`);
}

/** Only what was for nobody can be deleted: of the others it is kept whom they have reached. */
export function requireUnaddressed({ status, recipients }: Pick<CampaignRow, "status" | "recipients">): void {
  if (status === "draft" || (status === "cancelled" && recipients === 0)) return;
  const message =
    status === "cancelled"
      ? "The campaign is kept: it had recipients when it was cancelled."
      : `Only a draft can be deleted, or what was cancelled before it had recipients: this one is ${status}.`;
  throw conflict("status", message);
}

/** What a campaign is to be: what the caller asks for, or what follows from whether it has a time. */
export function statusOf(
  ctx: Ctx,
  { status: wished, scheduledAt }: { status?: CampaignStatus | undefined; scheduledAt: number | null },
): "draft" | "scheduled" | "sending" {
  const status = wished ?? (scheduledAt === null ? "sending" : "scheduled");
  if (status === "scheduled") requireAhead(ctx, scheduledAt);
  if (status === "sending" && scheduledAt !== null)
    throw invalid("scheduledAt", "must be left out, or null, for a campaign that is sent at once");
  return status as "draft" | "scheduled" | "sending";
}

function requireAhead(ctx: Ctx, at: number | null): void {
  if (at === null) throw invalid("scheduledAt", "is required for a campaign that is scheduled");
  if (at <= ctx.now) throw invalid("scheduledAt", "must be in the future");
  if (at > ctx.now + MAX_AHEAD_MS) throw invalid("scheduledAt", "must be within a year");
  wakeAt(ctx, at);
}

/** A campaign as another site has it that it is copied to: nothing is sent from there that was to be sent from here. */
export function asCopied(record: Record<string, unknown>): Record<string, unknown> {
  const { status } = record;
  const copied = status === "scheduled" ? "draft" : status === "sending" ? "cancelled" : status;
  return { ...record, status: copied, jobId: null };
}
