import type { Database } from "../../../core/storage/database.ts";
import type { SiteRow } from "../../sites/service.ts";
import type { Changes } from "../../deployments/table.ts";
import type { Pending } from "../../deployments/pending.ts";
import { changesSince } from "../../deployments/service/changes.ts";
import { deploymentState } from "../../deployments/service/complete.ts";
import type { PreviewRow } from "../table.ts";

/** What the next publish of a site would be, with the page a preview is about. */
export async function pendingOf(db: Database, site: SiteRow, { pageId }: Pick<PreviewRow, "pageId">): Promise<Pending> {
  const { last } = await deploymentState({ db }, site);
  return { siteId: site.id, number: last + 1, also: pageId };
}

/** What publishing the site now would change for its visitors. */
export async function pendingChanges(db: Database, site: SiteRow): Promise<Changes> {
  const { live } = await deploymentState({ db }, site);
  const { changes } = await changesSince({ db }, { siteId: site.id, only: null }, live);
  return changes;
}
