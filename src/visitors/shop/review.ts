import { findLinkedOrder } from "../../content/shop/checkout/link.ts";
import { commitAs } from "../../content/live/visitor.ts";
import type { OrderRow } from "../../content/shop/orders/table.ts";
import { MAX_AUTHOR, MAX_TITLE } from "../../content/reviews/contract.ts";
import { CustomerReviewBodies } from "../../content/reviews/customer-contract.ts";
import type { ReviewRow } from "../../content/reviews/table.ts";
import { editReview, isReviewable, reviewsOfOrder, writeReview } from "../../content/reviews/write.ts";
import { DomainError } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Problem } from "../../rendering/shop/form.ts";
import { reviewFormMain, type ReviewValues, TRAP } from "../../rendering/shop/review-form.ts";
import { reviewWordsFor } from "../../rendering/shop/review-words.ts";
import type { LiveDocument, LivePage, LiveVisit } from "../live/page.ts";
import { reviewAddress } from "./review-links.ts";
import { readForm, type SentForm } from "../live/sent-form.ts";
import { contextOf, leadOn } from "../live/visitor.ts";
import { privatePage, addressFor } from "./visitor.ts";

/** A product of an order whose customer may speak of it, and what he has said. */
interface Reviewing {
  order: OrderRow;
  product: { id: string; title: string };
  review: ReviewRow | null;
}

const linkOf = ({ request, name: orderId }: LiveVisit) => {
  const { searchParams } = new URL(request.url);
  return { orderId, token: searchParams.get("token") ?? "", productId: searchParams.get("product") ?? "" };
};

/** The page of the order of the link. */
function orderAddress(visit: LiveVisit): string {
  const { orderId, token } = linkOf(visit);
  return `${addressFor(visit, `orders/${encodeURIComponent(orderId)}`)}?${new URLSearchParams({ token })}#reviews`;
}

/** What a link leads to; `null` for every link that is none, and where nothing is to be said any more. */
async function findReviewing(ctx: Ctx, visit: LiveVisit): Promise<Reviewing | null> {
  const { siteId, draft } = visit.site;
  if (draft) return null;
  const { orderId, token, productId } = linkOf(visit);
  let order: OrderRow;
  try {
    order = await findLinkedOrder(ctx, { siteId, orderId, token });
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
  const item = order.items.find((it) => it.productId === productId);
  const review = (await reviewsOfOrder(ctx, order)).get(productId) ?? null;
  const isOpen = review ? review.status === "pending" : isReviewable(order);
  return item && isOpen ? { order, product: { id: productId, title: item.title }, review } : null;
}

const typedIn = (form: SentForm): ReviewValues => ({
  rating: form.text("rating"),
  title: form.text("title"),
  text: form.text("text"),
  author: form.text("author"),
});

/** What the form begins with: the review there is, or the first of the customer's names. */
const begunWith = ({ order, review }: Reviewing): ReviewValues =>
  review
    ? { rating: String(review.rating), title: review.title ?? "", text: review.text, author: review.author }
    : { rating: "", title: "", text: "", author: order.customerName.split(" ")[0] ?? "" };

function formPage(
  visit: LiveVisit,
  { product, review }: Reviewing,
  { values, problems = [], status = 200 }: { values: ReviewValues; problems?: Problem[]; status?: number },
): LiveDocument {
  const { locale } = visit;
  const { orderId, token } = linkOf(visit);
  const main = reviewFormMain({
    ...{ locale, values, problems, product: product.title, reviewId: review?.id ?? null },
    action: reviewAddress(visit, { orderId, token, productId: product.id }),
    back: orderAddress(visit),
    limits: { title: MAX_TITLE, author: MAX_AUTHOR },
  });
  const title = reviewWordsFor(locale).write.replace("{title}", product.title);
  // The address of the page is what opens the order: it is told to no other.
  const headers = { "Referrer-Policy": "no-referrer" };
  return privatePage(`reviews/${orderId}`, { title, main: String(main), status, headers });
}

/** What was typed as a review, or what is wrong with it. */
function reviewIn({ rating, title, text, author }: ReviewValues, productId: string, locale: string) {
  const { wrong } = reviewWordsFor(locale);
  const stars = /^[1-5]$/.test(rating) ? Number(rating) : undefined;
  const sent = { productId, rating: stars, title: title || null, text, author };
  const { success, data, error } = CustomerReviewBodies.create.safeParse(sent);
  if (success) return { body: CustomerReviewBodies.fill(data), problems: [] };
  const fields = [...new Set(error.issues.map(({ path }) => String(path[0])))];
  const problems = fields.map((field) => ({ field, message: wrong[field as keyof typeof wrong] ?? wrong.other }));
  return { body: null, problems };
}

/** The form by which a customer reviews a product of an order, and what it is sent to. */
export const reviewPage: LivePage = {
  bucket: "checkout",

  async get(visit) {
    const found = await findReviewing(contextOf(visit), visit);
    return found && formPage(visit, found, { values: begunWith(found) });
  },

  async post(visit) {
    const form = await readForm(visit.request);
    if (form instanceof Response) return form;
    const toOrder = leadOn(visit.request, orderAddress(visit));
    // Whoever fills in what nobody sees is answered as anybody, and not heard.
    if (form.text(TRAP) !== "") return toOrder;
    const ctx = contextOf(visit);
    const found = await findReviewing(ctx, visit);
    if (!found) return toOrder;
    const { order, product, review } = found;
    const values = typedIn(form);
    const { body, problems } = reviewIn(values, product.id, visit.locale);
    if (body === null) return formPage(visit, found, { values, problems, status: 422 });
    const { productId: _product, ...changes } = body;
    // A form of a new review that comes again finds the first.
    const isChanged = review !== null && form.text("review") === review.id;
    try {
      await commitAs(ctx, async () =>
        isChanged ? editReview(ctx, order, { id: review.id, changes }) : writeReview(ctx, order, body),
      );
    } catch (error) {
      // What was decided on meanwhile is seen on the order's page.
      if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
    }
    return toOrder;
  },
};
