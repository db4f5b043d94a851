import { frozenPages } from "../content/deployments/table.ts";
import type { ReadDatabase } from "../core/storage/database.ts";
import { absoluteOf, canonicalOf, homeOf } from "./address.ts";
import { givenTo } from "./content.ts";
import { feedName } from "./feed-names.ts";
import { listArticles, PAGE_TEXT } from "./find.ts";
import { type Article, sharedPicture } from "../rendering/document.ts";
import { absoluteLinks, linksBelow } from "../rendering/text/links.ts";
import { Album } from "../rendering/album.ts";
import { type KeptNotes, Notes } from "../rendering/notes.ts";
import { richText } from "../rendering/text/rich-text.ts";
import { xmlText } from "../rendering/text/xml.ts";
import type { PublicSite } from "./site.ts";

/** Articles of a feed; readers keep what they have seen. */
const MAX_ENTRIES = 20;
/** Characters of HTML from which on older articles are left out. */
const MAX_SIZE = 400_000;

interface Entry extends Article {
  /** What readers know it by. */
  name: string;
  address: string;
  html: string;
  /** The first picture in it, absolute. */
  image: string | null;
}

/** Which feed: where it was asked for, and the language its articles are in. */
interface Wanted {
  origin: string;
  locale: string;
}

async function entriesOf(db: ReadDatabase, site: PublicSite, { origin, locale }: Wanted): Promise<Entry[]> {
  const fields = { page: PAGE_TEXT, slug: frozenPages.slug, notes: frozenPages.notes };
  const { articles } = await listArticles<{ page: string; slug: string; notes: KeptNotes | null }>(db, site, {
    locale,
    fields,
    limit: MAX_ENTRIES,
  });
  let size = 0;
  const base = homeOf(site, origin).replace(/\/$/, "");
  const entries = await Promise.all(
    articles.map(async ({ page, slug, notes }) => {
      const article = JSON.parse(page) as Article;
      const address = canonicalOf(site, { slug, locale, parentId: null }, origin);
      const album = new Album((await givenTo(site, page, notes)).pictures, new Notes(), "feed");
      const shown = String(richText(article.content, new Notes(), "", album));
      const html = absoluteLinks(address, linksBelow(base, shown));
      const image = absoluteOf(site, origin, sharedPicture(album.first).image);
      return { ...article, name: await feedName(site.siteId, article.id), address, html, image };
    }),
  );
  return entries.filter(({ html }, index) => {
    size += html.length;
    return index === 0 || size <= MAX_SIZE;
  });
}

/** Each language's feed is one of its own. */
const nameOf = (site: PublicSite, locale: string): Promise<string> =>
  locale === site.site.locale ? feedName(site.siteId) : feedName(site.siteId, locale);

/** The site's articles in a language as an Atom feed (RFC 4287). */
export async function atomFeed(db: ReadDatabase, site: PublicSite, wanted: Wanted): Promise<string> {
  const { origin, locale } = wanted;
  const entries = await entriesOf(db, site, wanted);
  const home = homeOf(site, origin, locale);
  const updated =
    entries
      .map((it) => it.updatedAt)
      .sort()
      .at(-1) ?? site.site.updatedAt;
  const items = entries.map(
    ({ name, title, address, html, excerpt, tags, updatedAt, publishedAt }) => `<entry>
<title>${xmlText(title)}</title>
<id>${xmlText(name)}</id>
<link href="${xmlText(address)}"/>
<updated>${updatedAt}</updated>
${publishedAt ? `<published>${publishedAt}</published>\n` : ""}${excerpt ? `<summary>${xmlText(excerpt)}</summary>\n` : ""}${tags.map((tag) => `<category term="${xmlText(tag)}"/>\n`).join("")}<content type="html">${xmlText(html)}</content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
<title>${xmlText(site.site.name)}</title>
<id>${await nameOf(site, locale)}</id>
<link href="${xmlText(home)}"/>
<link rel="self" type="application/atom+xml" href="${xmlText(home)}feed.xml"/>
<author><name>${xmlText(site.site.name)}</name></author>
<updated>${updated}</updated>
${items.join("\n")}
</feed>
`;
}

/** The same as a JSON Feed (version 1.1). */
export async function jsonFeed(db: ReadDatabase, site: PublicSite, wanted: Wanted): Promise<string> {
  const entries = await entriesOf(db, site, wanted);
  const home = homeOf(site, wanted.origin, wanted.locale);
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: site.site.name,
    home_page_url: home,
    feed_url: `${home}feed.json`,
    language: wanted.locale,
    items: entries.map(({ name, title, address, html, excerpt, tags, updatedAt, publishedAt, image }) => ({
      id: name,
      url: address,
      title,
      content_html: html,
      ...(excerpt && { summary: excerpt }),
      ...(image && { image }),
      ...(publishedAt && { date_published: publishedAt }),
      date_modified: updatedAt,
      ...(tags.length > 0 && { tags }),
    })),
  });
}
