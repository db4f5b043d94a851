import { sampleId } from "../../../core/events/sample.ts";
import { eq, inArray, and, sql } from "drizzle-orm";
import { collectionCounts } from "../../../core/storage/counts.ts";
import { notFound } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { byStatus, type Within } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { FORMS_KIND } from "../kind.ts";
import { type FormRow, forms } from "../table.ts";
import { ListSubmissionsQuery, SubmissionSchema, UpdateSubmissionSchema } from "./contract.ts";
import { stageNotice } from "./notify.ts";
import { type Answer, SUBMISSION_STATUSES, submissions } from "./table.ts";

const SAMPLE = {
  formId: sampleId("form"),
  status: "new" as const,
  data: { name: "Ada Baker", email: "ada@example.com", message: "Do you bake without nuts?" },
  files: [],
  pageId: sampleId("page"),
  locale: "en",
  note: null,
  expiresAt: "2027-01-15T10:30:00.000Z",
};

const withinForm: Within = {
  parameter: "formId",
  column: submissions.formId,
  async require({ ctx, siteId, id }) {
    const isIt = scoped(ctx, forms, eq(forms.siteId, siteId), eq(forms.id, id));
    const [found] = await ctx.db.select({ id: forms.id }).from(forms).where(isIt);
    if (!found) throw notFound("Form");
  },
  // Triggers of the migration count them by form too, under the site that is purged with them.
  count(siteId, id, state) {
    const { scope, name, n } = collectionCounts;
    const names = (state === undefined ? SUBMISSION_STATUSES : [state]).map((it) => `form_submissions/${id}:${it}`);
    return sql`coalesce((SELECT sum(${n}) FROM ${collectionCounts}
      WHERE ${and(eq(scope, siteId), inArray(name, names))}), 0)`;
  },
};

async function formOf(ctx: Ctx, formId: string): Promise<FormRow> {
  const [form] = await ctx.db
    .select()
    .from(forms)
    .where(scoped(ctx, forms, eq(forms.id, formId)));
  if (!form) throw notFound("Form");
  return form;
}

/** The answers of a submission as one text, to be searched. */
const wordsOf = (data: Record<string, Answer>): string =>
  Object.values(data)
    .flat()
    .filter((it) => typeof it !== "boolean")
    .join("\n");

/** What visitors have sent by the forms of a site. How one comes about stands in `submit.ts`. */
export const SUBMISSIONS = siteResource({
  ...FORMS_KIND,
  name: "submission",
  label: "Submission",
  path: "/forms/{formId}/submissions",
  within: withinForm,
  idPrefix: "fsub",
  table: submissions,
  schema: SubmissionSchema,
  personal: ["data", "files"],
  unkept: ["data", "files"],
  events: {
    noun: "form",
    sample: SAMPLE,
    verbs: {},
    // What is spam is told to nobody, unless its owner finds that it is none.
    turns: { submitted: { sample: {}, isNow: ({ status }) => status !== "spam" } },
  },
  list: {
    query: ListSubmissionsQuery,
    orders: { createdAt: submissions.createdAt, updatedAt: submissions.updatedAt },
    state: byStatus(submissions.status, SUBMISSION_STATUSES),
    ranges: {
      from: { column: submissions.createdAt, is: "least" },
      to: { column: submissions.createdAt, is: "below" },
    },
    search: [{ column: submissions.data, read: wordsOf }],
  },
  update: {
    schema: UpdateSubmissionSchema,
    description:
      "Marks it as read or as spam, or as none after all, and notes something about it. What was spam and is none after all is told of as a new one is, to its sender nothing.",
    columns: ({ changes }) => changes,
  },
  // Its owner's mail goes out as it would have then; its sender is not answered days later, for a word that may not be his.
  async follow({ ctx, before, row }) {
    if (before.status === "spam" && row.status !== "spam") await stageNotice(ctx, await formOf(ctx, row.formId), row);
  },
  remove: { description: "Its files go along with it." },
  // Bytes of files are in no archive.
  archived: { folder: "form-submissions", made: () => ({ files: [], sentKey: null }) },
});
