import type { Ctx } from "../../../core/work/context.ts";
import { invalid } from "../../../core/errors.ts";
import type { PixelConfig } from "../contract.ts";
import { pixelConfigOf } from "../settings.ts";
import { findPixelSites } from "./site.ts";

/** The page a request comes from: Referer where it says more than Origin, Origin, or the host that is called. */
export function pageOf(request: Request): URL {
  const origin = URL.parse(request.headers.get("Origin") ?? "");
  const referer = URL.parse(request.headers.get("Referer") ?? "");
  if (origin && referer?.origin !== origin.origin) return origin;
  return referer ?? origin ?? new URL(request.url);
}

/** The pixel's configuration for the website that an id names, or the one at an address. */
export async function pixelConfig({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { page: URL; ownHost: string; siteId?: string };
}): Promise<PixelConfig> {
  const { atPage, byId } = await findPixelSites(ctx, input);
  if (input.siteId === undefined) return pixelConfigOf(atPage);
  if (!byId) throw invalid("site_id", "is not the id of a website");
  return pixelConfigOf(byId);
}
