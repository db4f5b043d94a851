import { and, eq, type InferSelectModel } from "drizzle-orm";
import { DomainError } from "../../../core/errors.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findSite, type SiteRow } from "../../sites/service.ts";
import { products } from "../products/table.ts";
import { type Asked, type Quote, quote } from "../pricing/quote.ts";

/** What a cart holds, and what is known of where it goes. */
export interface CartInput {
  siteId: string;
  items: readonly { productId: string; variantId: string | null; quantity: number }[];
  couponCode: string | null;
  country: string | null;
  /** The id of a method; the first that goes there where it is left out, or goes there no more. */
  shippingMethod: string | null;
}

/** Why a line cannot be ordered as it is. `left` is how many there are of what there is too little of. */
export type LineStatus = { status: "available" } | { status: "unavailable" } | { status: "short"; left: number };

/** A line of a cart at the prices of now. Of what is no longer sold nothing is known. */
export interface PricedLine {
  productId: string;
  variantId: string | null;
  quantity: number;
  title: string | null;
  slug: string | null;
  type: InferSelectModel<typeof products>["type"];
  unitPrice: number;
  total: number;
  currency: string;
  state: LineStatus;
}

type Priced = Pick<
  Quote,
  "currency" | "subtotal" | "discount" | "shipping" | "shippingMethod" | "tax" | "taxIncluded" | "total"
>;

/** A cart as it is now. */
export interface PricedCart {
  lines: PricedLine[];
  /** `null` while a line cannot be ordered, or there is none. */
  sums: Priced | null;
  isShipped: boolean;
  /** The ways it can be sent, with what they cost. */
  methods: { id: string; name: string; amount: number }[];
  /** What is wrong with the coupon; it is left out of the sums. */
  couponProblem: string | null;
}

/** What a cart comes to at the prices of now, whatever of it can be ordered. Nothing is taken or used up. */
export async function priceCart(ctx: Ctx, input: CartInput): Promise<PricedCart> {
  const { siteId, items, couponCode } = input;
  const site = await findSite(ctx, siteId);
  const lines = await pricedLines(ctx, siteId, items);
  const isShipped = lines.some(({ type, state }) => state.status !== "unavailable" && type === "physical");
  if (lines.length === 0 || lines.some(({ state }) => state.status !== "available")) {
    return { lines, sums: null, isShipped, methods: [], couponProblem: null };
  }
  const { country, shippingMethod } = input;
  const asked = {
    items: [...items],
    couponCode,
    country,
    customerEmail: null,
    shippingMethod,
    orFirstMethod: true as const,
  };
  const [sums, couponProblem] = await quoted(ctx, site, asked);
  return { lines, sums, isShipped, methods: sums.shippingMethods, couponProblem };
}

/** The sums of a cart; without its coupon where that is no use. */
async function quoted(ctx: Ctx, site: SiteRow, asked: Asked): Promise<[Quote, string | null]> {
  try {
    return [await quote(ctx, site, asked), null];
  } catch (error) {
    const problem = error instanceof DomainError ? error.details.fields?.couponCode?.[0] : undefined;
    if (problem === undefined) throw error;
    return [await quote(ctx, site, { ...asked, couponCode: null }), problem];
  }
}

async function pricedLines(ctx: Ctx, siteId: string, items: CartInput["items"]): Promise<PricedLine[]> {
  const ids = [...new Set(items.map((it) => it.productId))];
  const isWanted = and(eq(products.siteId, siteId), eq(products.active, true), isListed(products.id, ids));
  const rows = await ctx.db
    .select()
    .from(products)
    .where(scoped(ctx, products, isWanted));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = items.map((item) => ({ item, sold: soldAs(byId.get(item.productId), item.variantId) }));
  const wanted = new Map<string, number>();
  for (const { item, sold } of found) {
    if (sold) wanted.set(sold.stockOf, (wanted.get(sold.stockOf) ?? 0) + item.quantity);
  }
  return found.map(({ item, sold }) => {
    if (!sold) return { ...item, ...UNKNOWN };
    const { stock, stockOf, ...shown } = sold;
    const state = stateOf(item.quantity, wanted.get(stockOf) ?? 0, stock);
    return { ...item, ...shown, total: shown.unitPrice * item.quantity, state };
  });
}

const UNKNOWN = {
  ...{ title: null, slug: null, type: "physical" as const, unitPrice: 0, total: 0, currency: "EUR" },
  state: { status: "unavailable" as const },
};

/** What is sold under these ids, and which stock it is taken from: variants without their own share the product's. */
function soldAs(product: InferSelectModel<typeof products> | undefined, variantId: string | null) {
  const variant = product?.variants.find((it) => it.id === variantId);
  const isSold = product && (variantId === null ? product.variants.length === 0 : variant !== undefined);
  if (!isSold) return null;
  const { id, slug, type, currency } = product;
  const hasOwnStock = variant !== undefined && variant.stock !== null;
  return {
    ...{ slug, type, currency },
    title: variant ? `${product.title}, ${variant.title}` : product.title,
    unitPrice: variant?.price ?? product.price,
    stock: hasOwnStock ? variant.stock : product.stock,
    stockOf: hasOwnStock ? `${id} ${variant.id}` : id,
  };
}

function stateOf(quantity: number, wanted: number, stock: number | null): LineStatus {
  if (stock === null || wanted <= stock) return { status: "available" };
  return { status: "short", left: Math.max(0, quantity - (wanted - stock)) };
}
