import { env } from "cloudflare:workers";
import { SUBMISSIONS } from "../../src/content/forms/submissions/resource.ts";
import { newId } from "../../src/core/ids.ts";
import { madeOf } from "../../src/core/storage/folded.ts";

/** A field of every form that the generated suites have: those of the published example. */
const FIELDS = [
  { name: "name", type: "text", label: "Name", required: true },
  { name: "email", type: "email", label: "E-mail address", required: true },
  { name: "message", type: "textarea", label: "Message", required: true },
];

const inserted = async (table: string, row: Record<string, unknown>): Promise<string> => {
  const names = Object.keys(row);
  await env.DB.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => "?").join()})`)
    .bind(...Object.values(row))
    .run();
  return row.id as string;
};

/** What a row of a site has: whose it is, and when it was made. */
async function standard(siteId: string, prefix: string) {
  const site = await env.DB.prepare("SELECT workspace_id, environment, created_at FROM sites WHERE id = ?")
    .bind(siteId)
    .first<{ workspace_id: number; environment: string; created_at: number }>();
  if (!site) throw new Error(`There is no site ${siteId}`);
  const at = { version: 1, created_at: site.created_at, updated_at: site.created_at };
  return { id: newId(prefix, site.created_at), ...site, ...at, site_id: siteId };
}

/** A form that the site is taken to have published. */
export async function makeForm(siteId: string): Promise<string> {
  const row = await standard(siteId, "form");
  return inserted("forms", {
    ...{
      ...row,
      key: row.id.toLowerCase(),
      name: "Write to us",
      published: 1,
      page_id: "page_01KAGW6PSZ0000000000000000",
    },
    ...{ fields: JSON.stringify(FIELDS), notify_to: "[]", kept_days: 365 },
  });
}

/** A submission of it, with a file. */
export async function makeSubmission(siteId: string, formId: string, data: object = {}): Promise<string> {
  const row = await standard(siteId, "fsub");
  const file = { id: newId("ffil", row.created_at), filename: "cake.pdf", contentType: "application/pdf", size: 10 };
  const { workspace_id, environment } = row;
  const answers = { name: "Ada Baker", ...data };
  await inserted("form_files", {
    ...{ id: file.id, workspace_id, environment, site_id: siteId, submission_id: row.id },
    ...{ filename: file.filename, content_type: file.contentType, size: file.size },
  });
  return inserted("form_submissions", {
    ...{ ...row, form_id: formId, status: "new", data: JSON.stringify(answers) },
    folded: JSON.stringify((madeOf(SUBMISSIONS.table, { data: answers }) as { folded?: object }).folded),
    ...{ files: JSON.stringify([{ ...file, field: "sketch" }]), expires_at: 9_760_000_000_000 },
  });
}

/** The file of a submission. */
export const fileOf = async (submissionId: string): Promise<string> =>
  (await env.DB.prepare("SELECT id FROM form_files WHERE submission_id = ?").bind(submissionId).first<string>("id")) ??
  "";
