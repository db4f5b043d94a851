import { and, eq } from "drizzle-orm";
import { addMedia } from "../content/media/service/add.ts";
import { media } from "../content/media/table.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { pngOf } from "../content/sample/paint.ts";
import type { SamplePicture } from "../content/sample/pictures.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

/** Adds a picture that is not there yet, and answers its address. */
export async function ensurePicture(
  env: Env,
  tenant: Tenant,
  siteId: string,
  { name, alt, painting }: SamplePicture,
  now: number,
): Promise<string> {
  const ctx = tenantContext(env, tenant, now);
  const filename = `${name}.png`;
  const [found] = await ctx.db
    .select({ url: media.url })
    .from(media)
    .where(scoped(ctx, media, and(eq(media.siteId, siteId), eq(media.filename, filename))));
  if (found) return found.url;
  const png = await pngOf(painting);
  const file = {
    filename,
    alt,
    folder: "Demo",
    body: png.stream(),
    size: png.size,
    declared: "image/png",
    field: "file",
  };
  const { url } = await addMedia({ ctx, input: { siteId, ...file } });
  await ctx.unit.commit();
  return url;
}
