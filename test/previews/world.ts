import { exports } from "cloudflare:workers";
import { type Answer, call } from "../support/fixtures.ts";
import type { VisitedSite } from "../visitors/world.ts";

/** A preview as it was made, and what its link shows. */
export interface MadePreview {
  id: string;
  /** Where it begins, without the host. */
  base: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into all of it
  data: any;
  look(path?: string, init?: { method?: string; headers?: Record<string, string> }): Promise<Response>;
}

let looks = 0;

/** Looks at an address of previews from an address of one's own. */
export function lookAt(
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  looks += 1;
  const from = { "CF-Connecting-IP": `198.51.${(looks >> 8) & 255}.${looks & 255}`, ...headers };
  const request = new Request(`https://api.example.com${path}`, { method, headers: from, redirect: "manual" });
  return exports.default.fetch(request);
}

/** A preview from the answer to the call that made it. */
export function madeBy(answer: Answer): MadePreview {
  if (answer.status !== 201) throw new Error(`No preview: ${answer.status} ${answer.text}`);
  const { data } = answer.body;
  const base = new URL(data.url).pathname;
  return { id: data.id, base, data, look: (path = "", init = {}) => lookAt(base + path, init) };
}

/** Makes a preview of a page, or of all of the site's next publish. */
export async function preview(
  site: VisitedSite,
  pageId?: string,
  body?: object,
  headers = site.headers,
): Promise<MadePreview> {
  const path = `/v1/sites/${site.id}${pageId === undefined ? "" : `/pages/${pageId}`}/preview`;
  return madeBy(await call("POST", path, { headers, ...(body && { body }) }));
}

/** A page without what says that search engines should not list it. */
export const withoutNoindex = (html: string): string => html.replace('<meta name="robots" content="noindex">', "");

/** A page of a preview as its publish has to show it: without the banner and the noindex, its links below the site. */
export function asPublished(html: string, base: string, publicBase: string): string {
  return withoutNoindex(html)
    .replace(/<style>.*?<\/style>/, "")
    .replace(/<aside id="preview">.*?<\/aside>/, "")
    .replaceAll(`${base}/`, `${publicBase}/`);
}
