import type { Exchange } from "../../core/http/exchange.ts";
import { addressOf } from "../address.ts";
import { findById } from "../find.ts";
import { answer } from "../respond.ts";
import { serveSite } from "../serve.ts";
import { type PublicSite, shownIn } from "../site.ts";
import { findPreview } from "./find.ts";
import { overviewPage } from "./overview.ts";
import { unlisted } from "./unlisted.ts";

/** What whoever asks for a link that leads nowhere is told, whatever the reason. */
const noPreview = (request: Request): Promise<Response> =>
  unlisted(answer(request, { type: "txt", body: "There is no preview at this address.", status: 404 }));

interface Looked {
  token: string;
  /** Below the link; `null` is the link itself, which shows what the preview is about. */
  path: string | null;
  /** The site whose domain was called: it shows no other's. */
  onlySiteId: string | null;
}

/** What a preview shows. */
export async function servePreview(exchange: Exchange, { token, path, onlySiteId }: Looked): Promise<Response> {
  const { env, request, now } = exchange;
  const { origin, href } = new URL(request.url);
  const shown = await findPreview(env, { token, origin, now });
  if (!shown || (onlySiteId ?? shown.site.siteId) !== shown.site.siteId) return noPreview(request);
  // Everything is made anew each time: nobody is told that he has it already.
  const asked = new Request(href, {
    method: request.method,
    headers: { Accept: request.headers.get("Accept") ?? "*/*" },
  });
  const { preview, site } = shown;
  if (path === null && preview.pageId === null)
    return unlisted(answer(asked, { type: "html", body: await overviewPage(env, shown, origin) }));
  const below = path ?? (await pathOf(exchange, site, preview.pageId as string));
  const answered = below === null ? null : await serveSite(env, asked, site, below);
  // A page that was deleted just now took its preview with it.
  const isGone = answered === null || (path === null && answered.status !== 200);
  return isGone ? noPreview(request) : unlisted(answered);
}

/** Where a page lies below its site; `null` if it was deleted just now. */
async function pathOf({ env }: Exchange, site: PublicSite, pageId: string): Promise<string | null> {
  const page = await findById(shownIn(env, site), site, pageId);
  return page && addressOf({ ...site, base: "" }, page).slice(1);
}
