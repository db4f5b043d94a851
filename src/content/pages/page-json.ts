import { type SQL, sql } from "drizzle-orm";

/** A time as `timestamp` shows it. */
export const isoTime = (milliseconds: SQL): SQL =>
  sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${milliseconds} / 1000.0, 'unixepoch')`;

export const isoTimeOrNull = (milliseconds: SQL): SQL =>
  sql`CASE WHEN ${milliseconds} IS NULL THEN NULL ELSE ${isoTime(milliseconds)} END`;

/** Row `p` of `pages` as `toPage` shows it, built where the row is: no page content passes through the Worker. */
export const PAGE_JSON = sql`json_object('id', p.id, 'siteId', p.site_id, 'title', p.title, 'slug', p.slug,
  'status', p.status, 'locale', p.locale, 'translationOf', p.translation_of, 'blocks', json(p.blocks),
  'seo', json(p.seo), 'navigation', json(p.navigation), 'parentId', p.parent_id, 'publishAt', ${isoTimeOrNull(sql`p.publish_at`)}, 'version', p.version,
  'createdAt', ${isoTime(sql`p.created_at`)}, 'updatedAt', ${isoTime(sql`p.updated_at`)},
  'publishedAt', ${isoTimeOrNull(sql`p.published_at`)})`;
