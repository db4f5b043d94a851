import { timestamp } from "../../../core/fields.ts";
import { BAKERY } from "../../sample/bakery.ts";
import { withPictures } from "../../sample/pictures.ts";
import { pngOf } from "../../sample/paint.ts";
import { SAMPLE_TABLES } from "../../sample/cafe.ts";
import { TableBodies } from "../../reservation/tables/contract.ts";
import { BIKE_SHOP } from "../../sample/bike-shop.ts";
import type { SampleSite } from "../../sample/sample.ts";
import { SAMPLE_CATEGORIES, SAMPLE_COUPONS, SAMPLE_PRODUCTS } from "../../sample/shop.ts";
import { fieldsOf } from "../../../rendering/forms/fields.ts";
import { propsOf } from "../../../rendering/text/props.ts";
import { KEPT_DAYS } from "../../forms/table.ts";
import { BAKERY_FORM, BAKERY_SUBMISSIONS } from "../../sample/bakery-form.ts";
import { CouponBodies } from "../../shop/coupons/contract.ts";
import { CategoryBodies } from "../../shop/categories/contract.ts";
import { ProductBodies } from "../../shop/products/contract.ts";
import { idFrom } from "../ids.ts";
import type { Found, Source } from "./source.ts";

const SAMPLES: readonly SampleSite[] = [BAKERY, BIKE_SHOP];

const DAY_MS = 86_400_000;

/** What a sandbox begins with: two websites with their pages, posts, products and coupons. */
export function sampleSource(now: number): Source {
  return {
    pieces: 1,
    async file({ path }) {
      const picture = SAMPLES.flatMap(({ pictures = [] }) => pictures).find(({ name }) => `${name}.png` === path);
      if (!picture) return null;
      const png = await pngOf(picture.painting);
      return { size: png.size, body: png.stream(), declared: "image/png" };
    },
    async *read() {
      for (const sample of SAMPLES) yield* recordsOf(sample, now);
      yield* shopOf(BAKERY, now);
      yield* formOf(BAKERY, now);
    },
  };
}

const found = (kind: string, record: Record<string, unknown>): Found => ({
  kind,
  record,
  name: String(record.slug ?? record.code),
});
const before = (now: number, days: number): string => timestamp(now - days * DAY_MS);

/** Addresses of a sample's pictures, by their names. */
async function picturesOf({ site, pictures = [] }: SampleSite): Promise<Map<string, string>> {
  const address = async (name: string) => `/media/${await idFrom("med", `${site.slug}/${name}`)}/${name}.png`;
  return new Map(await Promise.all(pictures.map(async ({ name }) => [name, await address(name)] as const)));
}

async function* recordsOf(sample: SampleSite, now: number): AsyncGenerator<Found> {
  const urls = await picturesOf(sample);
  const given = sample.site.slug;
  const { site, daysAgo, pages, posts = [], picturesOfSite } = withPictures(sample, urls);
  const siteId = await idFrom("site", site.slug);
  // A domain is somebody's: nobody has those of samples.
  const settings = { ...site.settings, ...picturesOfSite };
  yield found("site", { ...site, settings, domain: null, id: siteId, createdAt: before(now, daysAgo) });
  for (const { name, alt } of sample.pictures ?? []) {
    const id = await idFrom("med", `${given}/${name}`);
    yield found("picture", { id, siteId, path: `${name}.png`, alt, slug: name });
  }
  const pageId = (slug: string | undefined) => (slug === undefined ? null : idFrom("page", `${site.slug}/${slug}`));
  for (const { daysAgo: age, parent, translates, ...page } of pages) {
    yield found("page", {
      ...page,
      id: await pageId(page.slug),
      siteId,
      parentId: await pageId(parent),
      translationOf: await pageId(translates),
      createdAt: before(now, age),
    });
  }
  for (const { daysAgo: age, ...post } of posts) {
    const at = before(now, age);
    yield found("post", {
      ...post,
      id: `${site.slug}/${post.slug}`,
      site_id: siteId,
      created_at: at,
      published_at: at,
    });
  }
}

/** The form of a sample's pages, and what was sent by it. */
async function* formOf({ site: { slug } }: SampleSite, now: number): AsyncGenerator<Found> {
  const { formId: key, heading: name, fields } = BAKERY_FORM;
  const of = {
    siteId: await idFrom("site", slug),
    formId: await idFrom("form", `${slug}/${key}`),
    pageId: await idFrom("page", `${slug}/visit`),
  };
  const kept = { notifyTo: [], autoReply: null, keptDays: KEPT_DAYS, published: false };
  const own = { key, name, pageId: of.pageId, fields: fieldsOf(propsOf({ fields })) };
  yield found("form", { ...kept, ...own, id: of.formId, siteId: of.siteId, createdAt: before(now, 3), slug: key });
  for (const [nth, { hoursAgo, ...said }] of BAKERY_SUBMISSIONS.entries()) {
    const id = await idFrom("fsub", `${slug}/${key}/${nth}`);
    const at = { createdAt: before(now, hoursAgo / 24), expiresAt: before(now, hoursAgo / 24 - KEPT_DAYS) };
    yield found("submission", { ...said, ...of, ...at, files: [], locale: "en", id, slug: key });
  }
}

const slugOf = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, "-");

async function* shopOf(sample: SampleSite, now: number): AsyncGenerator<Found> {
  const { slug } = sample.site;
  const products = withPictures(SAMPLE_PRODUCTS, await picturesOf(sample));
  const siteId = await idFrom("site", slug);
  const createdAt = before(now, 3);
  for (const product of products) {
    const { title, sku } = product;
    const id = await idFrom("prod", `${slug}/${sku}`);
    const variants = "variants" in product ? product.variants : [];
    const whole = ProductBodies.fill(product as object);
    const withIds = variants.map(async (it) => ({ ...it, id: await idFrom("var", `${slug}/${it.sku}`) }));
    const made = slugOf(title);
    yield found("product", { ...whole, slug: made, variants: await Promise.all(withIds), id, siteId, createdAt });
  }
  for (const category of withPictures(SAMPLE_CATEGORIES, await picturesOf(sample))) {
    const made = slugOf(category.name);
    const id = await idFrom("cat", `${slug}/${made}`);
    yield found("category", { ...CategoryBodies.fill(category), slug: made, id, siteId, createdAt });
  }
  for (const table of SAMPLE_TABLES) {
    const id = await idFrom("tbl", `${slug}/${table.name}`);
    yield found("reservation_table", { ...TableBodies.fill(table), slug: slugOf(table.name), id, siteId, createdAt });
  }
  for (const coupon of SAMPLE_COUPONS) {
    const id = await idFrom("coup", `${slug}/${coupon.code}`);
    yield found("coupon", { ...CouponBodies.fill(coupon), uses: 0, id, siteId, createdAt });
  }
}
