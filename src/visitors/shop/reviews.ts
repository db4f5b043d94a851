import { queryReviews } from "../../content/reviews/queried.ts";
import type { SoldProduct } from "../../rendering/shop/product.ts";
import type { Reviewed } from "../../rendering/shop/reviews.ts";
import { shopAddress } from "../frame.ts";
import { shownIn } from "../site.ts";
import type { LiveVisit } from "../live/page.ts";

/** Reviews on a product's page. */
const PER_PAGE = 10;

/** An id of a review as an address may name it. */
const ID = /^rev_[0-9A-Z]{26}$/;

/** What customers say of a product: the newest of it, or what is older than the review that the address names. */
export async function reviewsAt(
  { env, request, site, locale }: Pick<LiveVisit, "env" | "request" | "site" | "locale">,
  { id, slug }: Pick<SoldProduct, "id" | "slug">,
): Promise<Reviewed> {
  const named = new URL(request.url).searchParams.get("reviews") ?? "";
  const before = ID.test(named) ? named : undefined;
  const wanted = { productId: id, limit: PER_PAGE, before };
  const [found] = await queryReviews(shownIn(env, site), site.siteId, [wanted]);
  if (!found) throw new Error("A question has its answer");
  const { rating, items, hasMore } = found;
  const address = shopAddress(site, locale, `products/${slug}`);
  return {
    ...{ locale, siteName: site.site.name, rating, reviews: items },
    older: hasMore ? `${address}?reviews=${items.at(-1)?.id}#reviews` : null,
    newest: before === undefined ? null : `${address}#reviews`,
  };
}
