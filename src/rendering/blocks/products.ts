import { html } from "hono/html";
import { shopMarker } from "../shop/query.ts";
import { numberOf, textOf, textsOf } from "../text/props.ts";
import { action, headingOf, type RenderBlock, section } from "./kit.ts";

/** Products a list has, at most and where nobody has said how many. */
const MAX_PRODUCTS = 24;
const FEW_PRODUCTS = 8;

/** Which products there are, and at what price, is looked up when the page is read. */
const list: RenderBlock = (props) => {
  const limit = Math.round(numberOf(props, "limit") ?? FEW_PRODUCTS);
  const query = {
    by: "shop" as const,
    shows: "list" as const,
    products: textsOf(props, "products").slice(0, MAX_PRODUCTS),
    category: textOf(props, "category"),
    limit: Math.min(Math.max(limit, 1), MAX_PRODUCTS),
    level: headingOf(props) ? ("h3" as const) : ("h2" as const),
  };
  return section("shop", headingOf(props), html`${shopMarker(query)}${action(props)}`);
};

const detail: RenderBlock = (props) => {
  const product = textOf(props, "product");
  if (!product) return null;
  const level = headingOf(props) ? ("h3" as const) : ("h2" as const);
  const query = { by: "shop" as const, shows: "detail" as const, products: [product], category: "", limit: 1, level };
  return section("shop", headingOf(props), shopMarker(query));
};

export const productBlocks: Record<string, RenderBlock> = {
  ProductList: list,
  ProductListSection: list,
  ProductDetail: detail,
  ProductDetailSection: detail,
};
