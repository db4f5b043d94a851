import type { Env } from "../../env.ts";
import type { Tenant } from "../tenant.ts";
import { ensureCafe } from "./cafe.ts";
import { ensureCategories } from "./categories.ts";
import { ensureCoupons } from "./coupons.ts";
import { ensureLoyalty } from "./loyalty.ts";
import { ensureOrders } from "./orders.ts";
import { ensureProvider } from "./payments.ts";
import { ensureProducts } from "./products.ts";
import { ensureReviews } from "./reviews.ts";

/** Fills the demo's shop with what is not there yet; `urls` are the addresses of its pictures by name. */
export async function ensureShop(
  env: Env,
  tenant: Tenant,
  { siteId, urls }: { siteId: string; urls: ReadonlyMap<string, string> },
  now: number,
): Promise<void> {
  const shop = { env, tenant, siteId, now };
  await ensureCategories(shop, urls);
  const products = await ensureProducts(shop, urls);
  await ensureCoupons(shop);
  await ensureProvider(shop);
  await ensureLoyalty(shop);
  await ensureOrders(shop, products);
  await ensureReviews(shop, products);
  await ensureCafe(shop);
}
