import { and, eq } from "drizzle-orm";
import { SUBMISSIONS } from "../content/forms/submissions/resource.ts";
import { submitForm } from "../content/forms/submissions/submit.ts";
import { forms } from "../content/forms/table.ts";
import { BAKERY_FORM, BAKERY_SUBMISSIONS } from "../content/sample/bakery-form.ts";
import { databaseOf } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

const HOUR_MS = 3_600_000;

/** What visitors have sent by the bakery's form: new, read, and spam. */
export async function ensureSubmissions(env: Env, tenant: Tenant, siteId: string, now: number): Promise<void> {
  const isIt = and(eq(forms.siteId, siteId), eq(forms.key, BAKERY_FORM.formId));
  const [form] = await databaseOf(env, tenant.workspaceId).select().from(forms).where(isIt);
  if (!form) return;
  for (const [nth, { hoursAgo, status, note, data }] of BAKERY_SUBMISSIONS.entries()) {
    const sent = await submitForm(tenantContext(env, tenant, now - hoursAgo * HOUR_MS), {
      ...{ siteId, formId: form.id, pageId: form.pageId, locale: "en", sentKey: `demo:${nth}` },
      answered: { data: data as never, files: [] },
      isSpam: status === "spam",
    });
    if (sent.kind !== "stored" || status !== "read") continue;
    const ctx = tenantContext(env, tenant, now - (hoursAgo - 1) * HOUR_MS);
    await SUBMISSIONS.verbs.update({ ctx, input: { siteId, id: sent.submission.id, changes: { status, note } } });
    await ctx.unit.commit();
  }
}
