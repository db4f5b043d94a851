import type { Ctx } from "../core/work/context.ts";
import type { Tenant } from "../core/work/scheduler.ts";

/** The body of a queue message: this workspace may have mails due. Only a wake-up; what is due is in the database. */
export type MailWake = Tenant;

/** Asks for mails to be sent once the commit is done. The cron looks every minute as well, so a lost message only costs time. */
export function wakeMails(ctx: Ctx): void {
  const { workspaceId, environment } = ctx.caller;
  ctx.unit.onCommit({
    after: () =>
      ctx.env.MAILS.send({ workspaceId, environment }).then(
        () => {},
        () => {},
      ),
  });
}
