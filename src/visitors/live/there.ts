import { BLOG } from "../../content/deployments/documents.ts";
import type { Env } from "../../env.ts";
import { parsePath } from "../address.ts";
import { serveFile } from "../files.ts";
import { blogLanguages, findDestination } from "../find.ts";
import { redirectAt } from "../redirects.ts";
import { type PublicSite, shownIn } from "../site.ts";
import { pageAt } from "./find.ts";

/** Whether a visitor finds something at a path below a site: a document, a page of a section, a file, or a redirect. */
export async function isThere(
  env: Env,
  site: PublicSite,
  { path, url }: { path: string; url: string },
): Promise<boolean> {
  const { locale, slug } = parsePath(site, path);
  if (pageAt(slug)) return true;
  const db = shownIn(env, site);
  const { kind } = await findDestination(db, site, locale, slug);
  if (kind === "found" || kind === "moved") return true;
  if (slug === BLOG && (await blogLanguages(db, site)).includes(locale)) return true;
  if (await redirectAt(env, site, { path, url })) return true;
  const file = await serveFile(env, new Request(url), site, path);
  await file?.body?.cancel();
  return file?.ok === true;
}
