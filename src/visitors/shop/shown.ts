import { picturesOf } from "../../content/media/pictures.ts";
import { databaseOf } from "../../core/storage/database.ts";
import type { Env } from "../../env.ts";
import { Album } from "../../rendering/album.ts";
import { mediaIdIn } from "../../rendering/pictures.ts";
import type { Shop } from "../../rendering/shop/grid.ts";
import type { SoldProduct } from "../../rendering/shop/product.ts";
import { absoluteOf, canonicalOf } from "../address.ts";
import { shopAddress } from "../frame.ts";
import type { PublicSite } from "../site.ts";
import { SHOP_SLUG } from "./root.ts";

/** What is told of a page's products beside the page: addresses are absolute. */
type Telling = Pick<SoldProduct, "title" | "slug" | "images">;

/** The address of a product's page for search engines. */
export const productAddress = (site: PublicSite, locale: string, { slug }: Telling, origin: string): string =>
  canonicalOf(site, { locale, slug: `${SHOP_SLUG}/products/${slug}`, parentId: null }, origin);

/** What showing these products takes, their pictures looked up at once. */
export async function shopOf(
  env: Env,
  site: PublicSite,
  locale: string,
  products: readonly SoldProduct[],
): Promise<Shop> {
  const ids = products.flatMap(({ images }) => images.flatMap((it) => mediaIdIn(it) ?? []));
  const reader = { db: databaseOf(env, site.tenant.workspaceId), caller: site.tenant };
  const pictures = ids.length === 0 ? new Map() : await picturesOf(reader, site.siteId, ids);
  return {
    locale,
    album: new Album(pictures),
    at: (path) => shopAddress(site, locale, path),
    isPreview: site.draft !== undefined,
  };
}

/** The pictures of a product that can be shown, by their absolute addresses. */
export const imagesOf = (site: PublicSite, origin: string, { images }: Telling, { album }: Shop): string[] =>
  images.flatMap((it) => absoluteOf(site, origin, album.find("images", it)?.address ?? null) ?? []);
