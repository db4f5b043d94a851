import { eq } from "drizzle-orm";
import { CAMPAIGNS } from "../content/push/campaigns/resource.ts";
import { campaigns } from "../content/push/campaigns/table.ts";
import { subscribe } from "../content/push/subscriptions/subscribe.ts";
import type { Env } from "../env.ts";
import { ensureRow, step } from "./shop/step.ts";
import type { Tenant } from "./tenant.ts";

const TITLE = "Stollen from Saturday on";
const BODY = "Twelve of them, with more raisins than last year.";

/** Browsers that nobody sits at: they are a sandbox's, from which nothing is sent. The key is that of RFC 8291, appendix A. */
const KEYS = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};
const BROWSERS = ["en", "de", "nl"].map((locale) => ({
  ...{ endpoint: `https://push.example.com/sample/${locale}`, keys: KEYS, locale, topics: ["news"] },
}));

/** A campaign that somebody has written and nobody has sent; in a sandbox there are browsers it would go to. */
export async function ensurePush(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  const at = { env, tenant, siteId, now };
  if (tenant.environment === "sandbox")
    for (const it of BROWSERS) await step(at, 30, (ctx) => subscribe(ctx, siteId, it));
  const body = { title: TITLE, body: BODY, url: "/", status: "draft" as const };
  await ensureRow(at, 5, campaigns, eq(campaigns.title, TITLE), (ctx) =>
    CAMPAIGNS.verbs.create({ ctx, input: { siteId, body } }),
  );
}
