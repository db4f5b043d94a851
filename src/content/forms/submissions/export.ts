import { asc, eq, gte, lt, ne, type SQL, sql } from "drizzle-orm";
import { personalAttributes } from "../../../core/keys/attributes.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findItem } from "../../resource/find.ts";
import { FORMS } from "../resource.ts";
import type { FormRow } from "../table.ts";
import { csvHead, csvLines } from "./csv.ts";
import { type SubmissionRow, type SubmissionStatus, submissions } from "./table.ts";

/** Submissions read at a time: each is of at most 64 kB. */
const PAGE = 100;
const BOM = "\ufeff";

interface Exporting {
  siteId: string;
  formId: string;
  /** In milliseconds; the end is not part of it. */
  from?: number | undefined;
  to?: number | undefined;
  status?: SubmissionStatus | "all" | undefined;
  bom?: "true" | "false" | undefined;
}

/** Which submissions are asked for: nobody wants spam who does not ask for it. */
const isAsked = (status: Exporting["status"]): SQL | undefined =>
  status === "all" ? undefined : status ? eq(submissions.status, status) : ne(submissions.status, "spam");

/** The submissions of a form as CSV, oldest first, read page by page while it is sent. Throws `not_found` before that. */
export async function exportSubmissions({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Exporting;
}): Promise<AsyncIterable<string>> {
  const form = await findItem(ctx, FORMS, { siteId: input.siteId, id: input.formId });
  return parts(ctx, form as FormRow, input);
}

async function* parts(ctx: Ctx, { fields }: FormRow, exporting: Exporting): AsyncIterable<string> {
  const { siteId, formId, from, to, status, bom } = exporting;
  const columns = { fields, isVisible: personalAttributes(ctx.caller) };
  yield (bom === "true" ? BOM : "") + csvHead(columns);
  let last: SubmissionRow | undefined;
  do {
    const after = last && sql`(${submissions.createdAt}, ${submissions.id}) > (${last.createdAt}, ${last.id})`;
    const rows: SubmissionRow[] = await ctx.db
      .select()
      .from(submissions)
      .where(
        scoped(
          ctx,
          submissions,
          eq(submissions.siteId, siteId),
          eq(submissions.formId, formId),
          isAsked(status),
          from === undefined ? undefined : gte(submissions.createdAt, from),
          to === undefined ? undefined : lt(submissions.createdAt, to),
          after,
        ),
      )
      .orderBy(asc(submissions.createdAt), asc(submissions.id))
      .limit(PAGE);
    yield csvLines(rows, columns);
    last = rows.length === PAGE ? rows.at(-1) : undefined;
  } while (last);
}
