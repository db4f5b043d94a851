import { deploymentContent, keptContent } from "../content/live/cache.ts";
import { sha256 } from "../core/sha256.ts";
import { BOOKING_STYLE } from "../rendering/booking/style.ts";
import { iconOf } from "../rendering/page/icon.ts";
import type { Assets } from "../rendering/page/extras.ts";
import { FORM_STYLE } from "../rendering/forms/style.ts";
import { pixelScript } from "../rendering/page/pixel.ts";
import { pushScript } from "../rendering/push/script.ts";
import { PUSH_STYLE } from "../rendering/push/style.ts";
import { SHOP_SCRIPT } from "../rendering/shop/script.ts";
import { SHOP_STYLE } from "../rendering/shop/style.ts";
import { styleOf } from "../rendering/style/style.ts";
import { contentOf } from "./content.ts";
import type { Content } from "./respond.ts";
import type { PublicSite } from "./site.ts";

interface Asset {
  type: Content["type"];
  make(site: PublicSite): string;
}

/** What pages of a site load besides themselves. */
export const ASSETS: Readonly<Record<keyof Assets, Asset>> = {
  "site.css": { type: "css", make: ({ site }) => styleOf(site.designTokens) },
  "favicon.svg": { type: "svg", make: ({ site }) => iconOf(site.name, site.designTokens) },
  // Loaded by pages on which things can be bought.
  "shop.css": { type: "css", make: () => SHOP_STYLE },
  "shop.js": { type: "js", make: () => SHOP_SCRIPT },
  // By pages with forms.
  "forms.css": { type: "css", make: () => FORM_STYLE },
  // By pages on which something can be booked or reserved.
  "booking.css": { type: "css", make: () => BOOKING_STYLE },
  // By pages with a button for notifications.
  "push.css": { type: "css", make: () => PUSH_STYLE },
  "push.js": { type: "js", make: ({ siteId }) => pushScript(siteId) },
  "pixel.js": { type: "js", make: ({ siteId }) => pixelScript(siteId) },
};

const NAMES = Object.keys(ASSETS) as (keyof Assets)[];
const ADDRESS = new RegExp(`(?:^|/)([0-9a-f]{16}/(${NAMES.join("|").replaceAll(".", "\\.")}))$`);

/** The asset that a path names by its content, `{hash}/site.css`; `null` for every other path. */
export function assetAt(path: string): { address: string; name: keyof Assets } | null {
  const match = ADDRESS.exec(path);
  return match ? { address: match[1] as string, name: match[2] as keyof Assets } : null;
}

const keyOf = (address: string): string => JSON.stringify(["asset", address]);

/** The addresses of a site's assets below it. Each begins with a hash of what is there, so it never shows anything else. */
export const assetsOf = (site: PublicSite): Promise<Assets> =>
  contentOf(site, ["assets"], async () => {
    const addresses = await Promise.all(
      NAMES.map(async (name) => {
        const body = ASSETS[name].make(site);
        const address = `${(await sha256(body)).slice(0, 16)}/${name}`;
        await deploymentContent(keyOf(address), async () => body);
        return [name, address];
      }),
    );
    return Object.fromEntries(addresses) as Assets;
  });

/** What a path names by its content, if it is in memory: whose it is need not be looked up. */
export function assetInMemory(path: string): Content | null {
  const asset = assetAt(path);
  const body = asset && keptContent<string>(keyOf(asset.address));
  return asset && body ? immutable(ASSETS[asset.name].type, body) : null;
}

/** A year is the longest that caches are told (RFC 9111 has no word for ever); `immutable`: RFC 8246. */
export const immutable = (type: Content["type"], body: string): Content => ({
  type,
  body,
  headers: { "Cache-Control": "public, max-age=31536000, immutable" },
});
