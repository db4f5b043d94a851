import { importRedirects } from "../content/redirects/import.ts";
import type { Env } from "../env.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

/** Addresses that the bakery's former website had. */
const FORMER = [
  { from: "/index.php/breads.html", to: "/breads" },
  { from: "/oven-blog", to: "/blog" },
  { from: "/order", to: "https://example.org/order-by-e-mail", status: 302 },
];

/** Gives the demo its redirects. Done again it changes none. */
export async function ensureRedirects(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  const ctx = tenantContext(env, tenant, now);
  const rows = FORMER.map((it, index) => ({ row: index + 1, ...it }));
  await importRedirects({ ctx, input: { siteId, rows } });
  await ctx.unit.commit();
}
