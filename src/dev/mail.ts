import { eq } from "drizzle-orm";
import { MESSAGE_TEMPLATES } from "../content/mail/templates/resource.ts";
import { messageTemplates } from "../content/mail/templates/table.ts";
import { SUBSCRIBERS } from "../content/push/subscribers/resource.ts";
import { subscribers } from "../content/push/subscribers/table.ts";
import type { Env } from "../env.ts";
import { ensureRow } from "./shop/step.ts";
import type { Tenant } from "./tenant.ts";

const TEMPLATE = {
  name: "Order ready for collection",
  subject: "Your order is ready, {{name}}",
  text: "Hello {{name}}, order {{number}} is waiting for you at the counter.",
};

const AGREED = Date.UTC(2026, 4, 1, 8);

/** Those who have agreed at the counter. */
const DEMO_SUBSCRIBERS = [
  { email: "lotte@example.com", topics: ["news"], locale: "nl", status: "active", consentAt: AGREED },
  { email: "ada@example.com", topics: ["news", "courses"], locale: "en", status: "active", consentAt: AGREED },
  { email: "bo@example.com", topics: [], locale: null, status: "active", consentAt: AGREED },
] as const;

/** Gives the demo readers and a template. Done again it adds none. */
export async function ensureMail(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  const site = { env, tenant, siteId, now };
  for (const { topics, ...body } of DEMO_SUBSCRIBERS) {
    await ensureRow(site, 0, subscribers, eq(subscribers.email, body.email), (ctx) =>
      SUBSCRIBERS.verbs.create({ ctx, input: { siteId, body: { ...body, topics: [...topics] } } }),
    );
  }
  await ensureRow(site, 0, messageTemplates, eq(messageTemplates.name, TEMPLATE.name), (ctx) =>
    MESSAGE_TEMPLATES.verbs.create({ ctx, input: { siteId, body: TEMPLATE } }),
  );
}
