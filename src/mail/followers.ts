import type { Ctx } from "../core/work/context.ts";
import type { MailRow, SuppressionReason } from "./table.ts";

/** An address a site's mails do not reach, or are not wanted at. */
export interface Unreachable {
  siteId: string;
  /** In lower case. */
  email: string;
  reason: Exclude<SuppressionReason, "unsubscribe" | "manual">;
  detail: string | null;
  /** The mail that told it, where it is known. */
  mailId: string | null;
}

/** What happens along with the end of a mail. Each stages what it does into the commit that records it. */
export interface MailFollower {
  /** Kinds of mails it wants to hear of: `message` is that and all that begins with `message.`. */
  kind?: string;
  /** It was sent, or never will be; `mail` is as it is after that. */
  settled?(ctx: Ctx, mail: MailRow): Promise<void> | void;
  unreachable?(ctx: Ctx, address: Unreachable): Promise<void> | void;
}

let followers: readonly MailFollower[] = [];

/** Names who follows mails; called once, by the composition root. */
export function registerMailFollowers(...named: readonly MailFollower[]): void {
  followers = named;
}

const isOf = (kind: string | undefined, mail: MailRow): boolean =>
  kind === undefined || mail.kind === kind || mail.kind.startsWith(`${kind}.`);

export async function followSettled(ctx: Ctx, mail: MailRow): Promise<void> {
  for (const { kind, settled } of followers) if (settled && isOf(kind, mail)) await settled(ctx, mail);
}

export async function followUnreachable(ctx: Ctx, address: Unreachable): Promise<void> {
  for (const { unreachable } of followers) await unreachable?.(ctx, address);
}
