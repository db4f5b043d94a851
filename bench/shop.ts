import { buyers, load, type Target, visitors } from "./load.ts";
import { firstReadOf, type Usage, usageUnderLoad, usageWhenWarm } from "./operations.ts";
import { ADDRESSES } from "./published.ts";
import type { Runtime } from "./runtime.ts";
import { compare, type Outcome } from "./throughput.ts";
import type { Operations } from "./workers/counting.ts";
import type { ShopSite } from "./workers/setup.ts";

const ROUNDS = { rounds: 8, seconds: 0.25 };
/** More than buy while the bench runs: an order is placed once for each, a second one would be the first again. */
const BUYERS = 16_384;
const COUNTED_SECONDS = 3;

/** What the visitors' shop takes. */
export interface ShopCost {
  /** Beside the floor, for information. */
  outcomes: Outcome[];
  /** What the first product page of an isolate asks for. */
  cold: Operations;
  /** A product page while all that is kept is kept: its product is read anew each time. */
  page: Usage;
  checkout: Usage;
}

const basketOf = ({ productId }: ShopSite): string =>
  JSON.stringify({
    customerName: "Ada Baker",
    customerEmail: "ada@example.com",
    shippingAddress: { line1: "Keizersgracht 1", postalCode: "1015 CN", city: "Amsterdam", country: "NL" },
    items: [{ productId, quantity: 1 }],
  });

/** One answer of ours, for the floor to send the very same bytes from a row. */
async function lendRow(runtime: Runtime, { url, path }: Target, shop: ShopSite): Promise<void> {
  const page = await fetch(new URL(path, url), { headers: { "CF-Connecting-IP": "203.0.113.9" } });
  if (!page.ok) throw new Error(`${path} answered ${page.status}`);
  await runtime.sql("floor", "CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
  await runtime.sql("floor", "INSERT INTO rows VALUES (?, ?)", shop.productId, await page.text());
  await runtime.sql("floor", "CREATE TABLE goods (id TEXT PRIMARY KEY, stock INTEGER NOT NULL)");
  await runtime.sql("floor", "CREATE TABLE sales (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
  await runtime.sql("floor", "INSERT INTO goods VALUES (?, 1000000000)", shop.productId);
}

/** Measures a product page and a checkout beside their floors, and counts what both ask for. */
export async function measureShop(runtime: Runtime, shop: ShopSite): Promise<ShopCost> {
  const [product, floor, counted] = await Promise.all([
    runtime.url("product"),
    runtime.url("floor"),
    runtime.url("counted"),
  ]);
  const callers = buyers(BUYERS);
  const body = basketOf(shop);
  const order = { path: `/api/checkout?site=${shop.slug}`, body, status: 201 };
  const page: Target = { url: product, path: shop.path, callers: visitors(ADDRESSES) };
  const sale: Target = { url: product, ...order, callers: callers.slice(0, BUYERS / 2) };
  await lendRow(runtime, page, shop);
  const bare: Target = { ...page, url: floor, path: `/rpc-row/${shop.productId}` };
  const bareSale: Target = { ...sale, url: floor, path: `/rpc-sale/${shop.productId}` };
  for (const target of [page, bare, sale, bareSale]) await load(target, ROUNDS.seconds);
  const outcomes = await compare(
    [
      { name: "GET a product page, RPC + row", floor: bare, ours: page },
      { name: "POST /api/checkout, RPC + one batch of two", floor: bareSale, ours: sale },
    ],
    ROUNDS,
  );
  const visit: Target = { url: counted, path: shop.path, callers: visitors(1) };
  const buying: Target = { url: counted, ...order, callers: callers.slice(BUYERS / 2) };
  return {
    outcomes,
    cold: await firstReadOf(visit),
    page: await usageWhenWarm("GET a product page", visit),
    checkout: await usageUnderLoad("POST /api/checkout", buying, COUNTED_SECONDS),
  };
}
