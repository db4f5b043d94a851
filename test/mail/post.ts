import { env } from "cloudflare:workers";
// Who follows mails in the product follows them here.
import "../../src/mail-followers.ts";
import { deliverMails } from "../../src/mail/deliver.ts";
import type { Mail } from "../../src/mail/mail.ts";
import { stageMail } from "../../src/mail/stage.ts";
import type { MailRow } from "../../src/mail/table.ts";
import type { Env } from "../../src/env.ts";
import { RUNTIME } from "../../src/core/runtime.ts";
import { guarded } from "../faults/bindings.ts";
import type { Site } from "../faults/world.ts";
import type { TestClock } from "../support/fixtures.ts";

/** A provider's error, as Cloudflare's `send` throws it. */
export const refusal = (code: string): Error => Object.assign(new Error(code), { code });

/** Who takes mails in the tests: keeps what it was handed, and refuses what it is told to. */
export class PostOffice {
  readonly taken: EmailMessageBuilder[] = [];
  /** Asked before each mail is taken, with how many were handed over before. */
  refuses: (message: EmailMessageBuilder) => Error | null = () => null;

  /** The Worker's bindings with this one among them. */
  bindings(others: Partial<Env> = {}): Env {
    const send = async (message: EmailMessageBuilder) => {
      const refused = this.refuses(message);
      if (refused) throw refused;
      this.taken.push(message);
      return { messageId: `<m${this.taken.length}@mail.example.com>` };
    };
    return { ...env, LOG_LEVEL: "silent", ...others, MAIL: { send } as SendEmail };
  }

  get recipients(): unknown[] {
    return this.taken.map(({ to }) => to);
  }
}

/** Bindings whose `target`th call throws, before or after it was carried out; the handing over of a mail is one as well. */
export function failingPost(post: PostOffice, target: number, moment: "before" | "after") {
  let calls = 0;
  const gate = async <T>(_: unknown, run: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (calls !== target) return run();
    if (moment === "after") await run();
    throw new Error("D1_ERROR: Network connection lost.");
  };
  const bindings = guarded(gate as never);
  const real = post.bindings().MAIL as SendEmail;
  const MAIL = { send: (message: never) => gate("MAIL", () => real.send(message)) } as SendEmail;
  return { bindings: { ...bindings, MAIL }, calls: () => calls };
}

export const A_MAIL = {
  kind: "test.sent",
  to: "ada@example.com",
  subject: "Your order",
  text: "It is on its way.",
} satisfies Omit<Mail, "siteId">;

/** Commits mails of a site as a request does; nobody is woken. */
export async function stageMails(site: Site, environment: "live" | "sandbox", ...mails: Partial<Mail>[]) {
  const ctx = site.workspace.context(environment);
  const staged = mails.map((mail) => stageMail(ctx, { ...A_MAIL, siteId: site.id, ...mail }));
  await ctx.unit.commit();
  return staged;
}

export const mailRow = async (id: string): Promise<MailRow & Record<string, unknown>> =>
  (await env.DB.prepare("SELECT * FROM mails WHERE id = ?1").bind(id).first()) as never;

/** Sends what is due, as the cron does. */
export const deliver = (bindings: Env, clock: TestClock) => deliverMails(bindings, clock.time, undefined, RUNTIME);
