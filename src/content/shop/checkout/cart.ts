import { and, eq, type InferSelectModel } from "drizzle-orm";
import { DomainError } from "../../../core/errors.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findSite } from "../../sites/service.ts";
import { type Asked, type OfferedMethod, type Quote, quote } from "../pricing/quote.ts";
import { products } from "../products/table.ts";

/** What a cart holds, and what is known of where it goes. */
export interface CartInput extends Asked {
  siteId: string;
  /** The language that titles are told in; the site's own where it is left out. */
  locale?: string;
}

/** Why a line cannot be ordered as it is. `left` is how many there are of what there is too little of. */
export type LineStatus = { status: "available" } | { status: "unavailable" } | { status: "short"; left: number };

type Product = InferSelectModel<typeof products>;

/** A line of a cart at the prices of now. Of what is no longer sold nothing is known. */
export interface PricedLine {
  productId: string;
  variantId: string | null;
  quantity: number;
  title: string | null;
  slug: string | null;
  type: Product["type"];
  unitPrice: number;
  total: number;
  currency: string;
  state: LineStatus;
}

/** A cart as it is now. */
export interface PricedCart {
  lines: PricedLine[];
  /** `null` while a line cannot be ordered, or there is none. */
  sums: Quote | null;
  /** Whether anything of it is sent. */
  isShipped: boolean;
  /** It is to be sent, and no way of sending goes there. */
  isUndeliverable: boolean;
  /** The ways it can be sent, with what they cost. */
  methods: OfferedMethod[];
  /** What is wrong with the coupon; it is left out of the sums. */
  couponProblem: string | null;
}

/**
 * What a cart comes to at the prices of now, whatever of it can be ordered. Nothing is taken or used up. Where it is known
 * where it goes and no method is chosen that goes there, it is sent by the first that does.
 */
export async function priceCart(ctx: Ctx, input: CartInput): Promise<PricedCart> {
  const site = await findSite(ctx, input.siteId);
  const lines = await pricedLines(ctx, input);
  const isShipped = lines.some(({ type, state }) => state.status !== "unavailable" && type === "physical");
  if (lines.length === 0 || lines.some(({ state }) => state.status !== "available")) {
    return { lines, sums: null, isShipped, isUndeliverable: false, methods: [], couponProblem: null };
  }
  const { siteId: _site, locale: _locale, ...asked } = input;
  const isKnown = asked.country !== null || asked.shippingMethod !== null;
  const { sums, problem } = await withoutBadCoupon(ctx, site, { ...asked, ...(isKnown && { orFirstMethod: true }) });
  const methods = sums.shippingMethods;
  const isUndeliverable = sums.needsShipping && methods.length === 0;
  return { lines, sums, isShipped, isUndeliverable, methods, couponProblem: problem };
}

/** What a cart comes to; without its coupon where that is no use. */
async function withoutBadCoupon(
  ctx: Ctx,
  site: Parameters<typeof quote>[1],
  asked: Asked,
): Promise<{ sums: Quote; problem: string | null }> {
  try {
    return { sums: await quote(ctx, site, asked), problem: null };
  } catch (error) {
    const problem = error instanceof DomainError ? error.details.fields?.couponCode?.[0] : undefined;
    if (problem === undefined) throw error;
    return { sums: await quote(ctx, site, { ...asked, couponCode: null }), problem };
  }
}

async function pricedLines(ctx: Ctx, { siteId, items, locale }: CartInput): Promise<PricedLine[]> {
  const ids = [...new Set(items.map((it) => it.productId))];
  const isWanted = and(eq(products.siteId, siteId), eq(products.active, true), isListed(products.id, ids));
  const rows = await ctx.db
    .select()
    .from(products)
    .where(scoped(ctx, products, isWanted));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = items.map((item) => ({ item, sold: soldAs(byId.get(item.productId), item.variantId, locale) }));
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
function soldAs(product: Product | undefined, variantId: string | null, locale: string | undefined) {
  const variant = product?.variants.find((it) => it.id === variantId);
  const isSold = product && (variantId === null ? product.variants.length === 0 : variant !== undefined);
  if (!isSold) return null;
  const { id, slug, type, currency } = product;
  const title = product.translations[locale ?? ""]?.title ?? product.title;
  const hasOwnStock = variant !== undefined && variant.stock !== null;
  return {
    ...{ slug, type, currency },
    title: variant ? `${title}, ${variant.title}` : title,
    unitPrice: variant?.price ?? product.price,
    stock: hasOwnStock ? variant.stock : product.stock,
    stockOf: hasOwnStock ? `${id} ${variant.id}` : id,
  };
}

function stateOf(quantity: number, wanted: number, stock: number | null): LineStatus {
  if (stock === null || wanted <= stock) return { status: "available" };
  return { status: "short", left: Math.max(0, quantity - (wanted - stock)) };
}
