import { and, eq, sql } from "drizzle-orm";
import type { ReadDatabase } from "../../core/storage/database.ts";
import type { FormDefinition } from "../../rendering/forms/definition.ts";
import { pagesOfDeployment } from "../deployments/frozen.ts";
import { frozenPages } from "../deployments/table.ts";
import { forms } from "./table.ts";

/** A form of the live website: the one it is for its owner, and as a page of it has it. */
export interface PublishedForm {
  id: string;
  definition: FormDefinition;
  pageId: string;
  /** Where that page lies. */
  page: { locale: string; slug: string; parentId: string | null };
}

/**
 * The form of a key as a page of a deployment has it; where no page is named, or that one has none, as the form's first page
 * does. `null` where there is no such form.
 */
export async function publishedForm(
  db: ReadDatabase,
  live: { siteId: string; number: number },
  { key, pageId }: { key: string; pageId: string },
): Promise<PublishedForm | null> {
  const isIt = and(eq(forms.siteId, live.siteId), eq(forms.key, key), eq(forms.published, true));
  const rows = await db
    .select({
      id: forms.id,
      definition: sql<string>`form.value`,
      pageId: sql<string>`${frozenPages.pageId}`,
      locale: sql<string>`${frozenPages.locale}`,
      slug: sql<string>`${frozenPages.slug}`,
      parentId: sql<string | null>`${frozenPages.page} ->> '$.parentId'`,
    })
    .from(forms)
    .innerJoin(
      sql`${frozenPages}, json_each(${frozenPages.notes}, '$.forms') AS form`,
      sql`${pagesOfDeployment(live)} AND ${frozenPages.pageId} IN (${pageId}, ${forms.pageId})
        AND form.value ->> 'key' = ${forms.key}`,
    )
    .where(isIt)
    .orderBy(sql`${frozenPages.pageId} <> ${pageId}`)
    .limit(1);
  const [found] = rows;
  if (!found) return null;
  const { id, definition, locale, slug, parentId } = found;
  return {
    id,
    definition: JSON.parse(definition) as FormDefinition,
    pageId: found.pageId,
    page: { locale, slug, parentId },
  };
}
