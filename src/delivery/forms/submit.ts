import { formOfSite } from "../../content/forms/find.ts";
import { answersInJson } from "../../content/forms/submissions/json-answers.ts";
import { submitForm } from "../../content/forms/submissions/submit.ts";
import { publicSite } from "../../content/live/public.ts";
import { visitorContext } from "../../content/live/visitor.ts";
import { isOwnHost } from "../../content/sites/own-hosts.ts";
import { notFound } from "../../core/errors.ts";
import { timestamp } from "../../core/fields.ts";
import { checkIdempotencyKey, mismatch } from "../../core/http/idempotency.ts";
import type { Ctx } from "../../core/work/context.ts";

/** Keeps what a website of somebody's own has sent for a visitor, or answers what came by the same key. */
export async function submitByProgram(
  ctx: Ctx,
  { formId, data, key }: { formId: string; data: Record<string, unknown>; key: string | null },
) {
  checkIdempotencyKey(key);
  const form = await formOfSite(ctx.env, formId);
  const site = form && (await publicSite(ctx.env, { id: form.siteId }));
  if (!form || !site || !(await isServedHere(ctx, site.siteId))) throw notFound("Form");
  const answered = answersInJson(form.fields, data);
  const result = await submitForm(visitorContext(ctx, site), {
    ...{ siteId: site.siteId, formId, answered },
    // Keys of callers and the showings of our own forms are no two of a kind.
    sentKey: key === null ? null : `api:${key}`,
    ...{ isSpam: false, pageId: null, locale: null },
  });
  if (result.kind === "other" || result.kind === "wrong") throw mismatch();
  const { id, createdAt } = result.submission;
  return { data: { id, formId, createdAt: timestamp(createdAt) }, status: result.kind === "stored" ? 201 : 200 };
}

/** Under the domain of a website only its own forms are sent. */
async function isServedHere({ env, origin }: Ctx, siteId: string): Promise<boolean> {
  const host = new URL(origin).hostname.toLowerCase();
  const ofHost = isOwnHost(env, host) ? null : await publicSite(env, { domain: host });
  return ofHost === null || ofHost.siteId === siteId;
}
