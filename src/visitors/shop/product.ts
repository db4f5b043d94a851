import { html } from "hono/html";
import { findCategory } from "../../content/shop/categories/shown.ts";
import { findShown } from "../../content/shop/products/shown.ts";
import { fold } from "../../core/fold.ts";
import { sharedPicture } from "../../rendering/document.ts";
import { productDetail } from "../../rendering/shop/detail.ts";
import { reviewsSection } from "../../rendering/shop/reviews.ts";
import { readableText } from "../../rendering/text/readable.ts";
import { shownIn } from "../site.ts";
import { SHOP_ROOT, SHOP_SLUG } from "./root.ts";
import { crumbs } from "./crumbs.ts";
import { reviewsAt } from "./reviews.ts";
import type { LivePage } from "../live/page.ts";
import { imagesOf, productAddress, shopOf } from "./shown.ts";

/** Characters of a description where it stands for the page; search engines and networks show no more. */
const MAX_SUMMARY = 200;

/** A text in one line, cut between two words. */
function summaryOf(description: string | null): string | null {
  const text = readableText(description ?? "")
    .replace(/\s+/g, " ")
    .trim();
  if (text.length <= MAX_SUMMARY) return text || null;
  return `${text.slice(0, MAX_SUMMARY).replace(/\s+\S*$/, "")}…`;
}

/** A product with the form that puts it into the cart. */
export const productPage: LivePage = {
  async get({ env, request, site, locale, name }) {
    const db = shownIn(env, site);
    const product = await findShown(db, site.siteId, { slug: name, locale });
    if (!product) return null;
    const { origin } = new URL(request.url);
    const [shop, reviewed, category] = await Promise.all([
      shopOf(env, site, locale, [product]),
      reviewsAt({ env, request, site, locale }, product),
      product.category === null ? null : findCategory(db, site.siteId, { key: fold(product.category) }, locale),
    ]);
    const slug = `${SHOP_SLUG}/products/${product.slug}`;
    const above = category ? [{ title: category.name, slug: `${SHOP_SLUG}/categories/${category.slug}` }] : [];
    const steps = [...above, { title: product.title, slug }];
    const main = html`<div class="block shop">${crumbs(site, locale, steps)}${productDetail(product, "h1", shop)}${reviewsSection(reviewed)}</div>`;
    return {
      place: { root: SHOP_ROOT, slug, steps },
      rendered: {
        ...{ title: product.title, description: summaryOf(product.description), isHidden: false, type: "product" },
        ...sharedPicture(shop.album.first),
        main: String(main),
        products: {
          about: {
            product,
            address: productAddress(site, locale, product, origin),
            images: imagesOf(site, origin, product, shop),
            reviews: reviewed.reviews,
          },
          listed: [],
        },
      },
    };
  },
};
