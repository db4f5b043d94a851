import { and, eq, sql } from "drizzle-orm";
import { idMoment, randomIdOf } from "../../core/ids.ts";
import { excluded, insertSelect, name } from "../../core/storage/names.ts";
import { ownedBy } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { pagesOfDeployment } from "../deployments/frozen.ts";
import { frozenPages } from "../deployments/table.ts";
import { forms, KEPT_DAYS } from "./table.ts";

/** The few pages that have forms, by their own index: a publish of thousands of pages reads none of the others. */
const withForms = sql`${frozenPages} INDEXED BY frozen_pages_with_forms`;

/**
 * Stages that a site's forms are those of a deployment, after the statements that freeze it: new ones are made, others get
 * the fields they have there, and those that stand on none of its pages are marked. Of a form that stands on several pages
 * the one in the site's own language counts, then the page that was made first.
 */
export function stageForms(
  ctx: Ctx,
  { siteId, locale, number }: { siteId: string; locale: string; number: number },
): void {
  const { pageId, notes } = frozenPages;
  const found = sql`SELECT form.value ->> 'key' AS said_key, form.value ->> 'name' AS said_name, form.value -> 'fields' AS said_fields,
      ${pageId} AS said_page, row_number() OVER (PARTITION BY form.value ->> 'key'
        ORDER BY ${frozenPages.locale} <> ${locale}, ${pageId}) AS said_nth
    FROM ${withForms}, json_each(${notes}, '$.forms') AS form
    WHERE ${pagesOfDeployment({ siteId, number })} AND ${notes} -> '$.forms' IS NOT NULL`;
  const row = {
    id: randomIdOf(idMoment("form", ctx.now)),
    ...ownedBy(ctx),
    siteId,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    key: sql`found.said_key`,
    name: sql`found.said_name`,
    published: true,
    pageId: sql`found.said_page`,
    fields: sql`found.said_fields`,
    notifyTo: [],
    keptDays: KEPT_DAYS,
  };
  const told = [forms.name, forms.published, forms.pageId, forms.fields];
  const isOther = sql.join(
    told.map((column) => sql`${column} IS NOT ${excluded(column)}`),
    sql` OR `,
  );
  const set = [...told, forms.updatedAt].map((column) => sql`${name(column)} = ${excluded(column)}`);
  ctx.unit.stage(
    insertSelect(
      forms,
      row,
      sql`FROM (${found}) AS found WHERE found.said_nth = 1
        ON CONFLICT (${name(forms.siteId)}, ${name(forms.key)}) DO UPDATE
        SET ${sql.join(set, sql`, `)}, ${name(forms.version)} = ${forms.version} + 1 WHERE ${isOther}`,
    ),
    ctx.db
      .update(forms)
      .set({ published: false, version: sql`${forms.version} + 1`, updatedAt: ctx.now })
      .where(
        and(
          eq(forms.siteId, siteId),
          eq(forms.published, true),
          sql`${forms.key} NOT IN (SELECT form.value ->> 'key' FROM ${withForms}, json_each(${notes}, '$.forms') AS form
            WHERE ${pagesOfDeployment({ siteId, number })} AND ${notes} -> '$.forms' IS NOT NULL)`,
        ),
      ),
  );
}
