import { invalid } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Job } from "../../jobs/contract.ts";
import { startJob } from "../../jobs/service/start.ts";
import { findPage } from "../../pages/service/find.ts";
import { findSite } from "../../sites/service.ts";
import type { GeneratePage } from "../contract.ts";
import { GENERATE_JOB, generationTokens } from "../job.ts";
import { requireConfigured } from "../provider/configured.ts";
import { chargeRequest, requireTokens } from "../tokens.ts";

/** Begins to write a draft of a page. What can be seen to be wrong is said at once. */
export async function generatePage({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: GeneratePage & { siteId: string };
}): Promise<Job> {
  const { siteId, ...wanted } = input;
  const site = await findSite(ctx, siteId);
  const locale = wanted.locale ?? site.locale;
  if (!site.locales.includes(locale))
    throw invalid("locale", `is not a locale of this site (${site.locales.join(", ")})`);
  if (wanted.parentId !== undefined)
    await findPage(ctx, siteId, wanted.parentId).catch(() => {
      throw invalid("parentId", "is not a page of this site");
    });
  requireConfigured(ctx.env);
  // What holds nothing comes first: a ledger that cannot be asked costs none of the two calls.
  await requireTokens(ctx, generationTokens(wanted));
  await chargeRequest(ctx);
  return startJob(ctx, GENERATE_JOB, { siteId, input: { ...wanted, locale }, step: "Writing the page" });
}
