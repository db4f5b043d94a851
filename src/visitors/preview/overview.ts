import { html } from "hono/html";
import type { ChangedPage } from "../../content/deployments/table.ts";
import { pendingChanges } from "../../content/previews/service/pending.ts";
import { databaseOf } from "../../core/storage/database.ts";
import type { Env } from "../../env.ts";
import { type Html, nothing } from "../../rendering/blocks/kit.ts";
import { previewWordsFor } from "../../rendering/page/preview-words.ts";
import { frameAround } from "../../rendering/page/page.ts";
import { addressOf } from "../address.ts";
import { frameOf } from "../frame.ts";
import { shownIn } from "../site.ts";
import type { ShownPreview } from "./find.ts";

/** What a preview of a whole publish begins with: the pages and articles that it would add, change and remove. */
export async function overviewPage(env: Env, { row, site }: ShownPreview, origin: string): Promise<string> {
  const { locale } = site.site;
  const words = previewWordsFor(locale);
  const [changes, frame] = await Promise.all([
    pendingChanges(databaseOf(env, 0), row),
    frameOf(shownIn(env, site), site, { locale, origin, page: null }),
  ]);
  // By its slug alone, which a start page answers to as well.
  const entry = ({ title, slug, locale: language, id }: ChangedPage): Html => {
    const href = addressOf(site, { slug, locale: language, parentId: id });
    return html`<li><a href="${href}" hreflang="${language}">${title}</a> <small>${href.slice(site.base.length)}</small></li>`;
  };
  const list = (name: "added" | "changed" | "removed"): Html => {
    const count = changes.counts[name];
    const left = count - changes[name].length;
    const more = left > 0 ? html`<p>${words.more.replace("{count}", String(left))}</p>` : nothing;
    return count === 0
      ? nothing
      : html`<section class="block"><h2>${words[name]} (${count})</h2><ul>${changes[name].map(entry)}</ul>${more}</section>`;
  };
  const lists = [list("added"), list("changed"), list("removed")];
  const isNone = Object.values(changes.counts).every((count) => count === 0);
  const main = html`<h1>${words.changes}</h1>${isNone ? html`<p class="lead">${words.none}</p>` : lists}`;
  const head = { title: words.changes, description: null, image: null, isHidden: true, type: "website" as const };
  return frameAround(frame, { ...head, main: String(main) });
}
