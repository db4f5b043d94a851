import type { Found } from "../../rendering/album.ts";
import { sitePictures } from "../../rendering/page/site-pictures.ts";
import { srcsetOf } from "../../rendering/pictures.ts";
import type { FrozenSite } from "../sites/contract.ts";

/** A picture as a theme needs it: sides in pixels where they are known, a `srcset` where it is one of the site's own. */
const shownOf = (found: Found | null) =>
  found && {
    url: found.address,
    width: found.own?.width ?? null,
    height: found.own?.height ?? null,
    alt: found.own?.alt ?? "",
    srcset: (found.own && srcsetOf(found.own)) || null,
  };

/** The pictures that the settings of a published site name. */
export function picturesOfSite({ settings, pictures }: FrozenSite) {
  const { logo, favicon, socialImage } = sitePictures(settings, pictures);
  return { logo: shownOf(logo), favicon: shownOf(favicon), socialImage: shownOf(socialImage) };
}
