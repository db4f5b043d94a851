import { z } from "@hono/zod-openapi";
import { EmailSchema, line } from "../../core/fields.ts";

/** What a website's mails are like, as its `settings.mail` says. */
export const MailSettingsSchema = z
  .strictObject({
    fromName: line(100).nullable().default(null).meta({
      example: "Blue Door Bakery",
      description: "Who mails are from; null: the website's name",
    }),
    replyTo: EmailSchema.nullable().default(null).meta({
      example: "hello@blue-door-bakery.example",
      description: "Where answers go; null: to the address mails are from",
    }),
    orders: z.boolean("must be true or false").default(true).register(z.globalRegistry, {
      description: "Whether customers are written to about what they order at the checkout",
    }),
  })
  .openapi("MailSettings", { description: "Who mails are from, and which are sent" });

export type MailSettings = z.output<typeof MailSettingsSchema>;

const UNSAID: MailSettings = { fromName: null, replyTo: null, orders: true };

/** What a website's mails are like; what it does not say has its default. */
export function mailSettingsOf({ settings }: { settings: Record<string, unknown> }): MailSettings {
  const parsed = MailSettingsSchema.safeParse(settings.mail ?? {});
  return parsed.success ? parsed.data : UNSAID;
}
