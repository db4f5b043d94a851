import { and, eq, sql } from "drizzle-orm";
import { conflict } from "../../core/errors.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { State } from "../resource/declaration.ts";
import { siteResource } from "../resource/resource.ts";
import { FormSchema, ListFormsQuery, UpdateFormSchema } from "./contract.ts";
import { FORMS_KIND } from "./kind.ts";
import { submissions } from "./submissions/table.ts";
import { forms } from "./table.ts";

const DAY_MS = 86_400_000;

const byPublished: State = {
  column: forms.published,
  parameter: "published",
  values: { true: true, false: false },
  itemValues: { published: true, unpublished: false },
};

/** Forms of a site's pages. A publish makes them; what becomes of their submissions is said here. */
export const FORMS = siteResource({
  ...FORMS_KIND,
  name: "form",
  label: "Form",
  path: "/forms",
  idPrefix: "form",
  table: forms,
  schema: FormSchema,
  list: {
    query: ListFormsQuery,
    orders: { createdAt: forms.createdAt, updatedAt: forms.updatedAt },
    state: byPublished,
  },
  update: {
    schema: UpdateFormSchema,
    description:
      "What is done with its submissions. Its fields are those of its block, as published. A shorter time deletes what is older by then.",
    columns: ({ changes }) => changes,
  },
  // A publish finds the one there is; another one is brought along, as from an archive.
  check: ({ ctx }) =>
    ctx.unit.onDuplicate([forms.siteId, forms.key], conflict("key", "The website has a form of this key already.")),
  follow: async ({ ctx, before, row }) => {
    if (before.keptDays === row.keptDays) return;
    const areIts = scoped(ctx, submissions, and(eq(submissions.siteId, row.siteId), eq(submissions.formId, row.id)));
    const expiresAt = sql`${submissions.createdAt} + ${row.keptDays * DAY_MS}`;
    ctx.unit.stage(
      ctx.db
        .update(submissions)
        .set({ expiresAt, version: sql`${submissions.version} + 1` })
        .where(areIts),
    );
  },
  remove: {
    errors: ["conflict"],
    description:
      "With its submissions and their files, for good. 409 as long as it is on the live website: publish without it first.",
  },
  beside({ ctx, verb, row }) {
    if (verb !== "deleted") return;
    if (row.published) throw conflict("published", "The form is on the live website: publish without it first.");
    // Triggers take their files along.
    const areIts = scoped(ctx, submissions, and(eq(submissions.siteId, row.siteId), eq(submissions.formId, row.id)));
    ctx.unit.stage(ctx.db.delete(submissions).where(areIts));
  },
  // Where it comes to, its page is to be published first.
  archived: { made: () => ({ published: false }) },
});
