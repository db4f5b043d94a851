import { takeCounts } from "./operations.ts";
import type { Runtime } from "./runtime.ts";
import type { Operations } from "./workers/counting.ts";
import type { PublishedSite } from "./workers/setup.ts";

/** What it takes to publish one changed page of a site. */
export interface PublishCost {
  pages: number;
  /** Deployments of the site before this one. */
  deployments: number;
  ms: number;
  operations: Operations;
}

/** A site keeps twenty deployments: from then on a publish also gives up the oldest. */
const COUNTED = [1, 21];

/** Changes one page of the site and publishes it, again and again, and counts some of those publishes. */
export async function measurePublishes(runtime: Runtime, site: PublishedSite): Promise<PublishCost[]> {
  const base = await runtime.url("counted");
  const call = async (method: string, path: string, body: object): Promise<{ pageCount: number }> => {
    const headers = { "X-Api-Key": site.keys[0] as string, "Content-Type": "application/json" };
    const response = await fetch(new URL(`/v1/sites/${site.siteId}${path}`, base), {
      method,
      headers,
      body: JSON.stringify(body),
    });
    if (response.status !== 200)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { data: { pageCount: number } }).data;
  };
  const costs: PublishCost[] = [];
  for (let deployments = 1; deployments <= Math.max(...COUNTED); deployments += 1) {
    await call("PATCH", `/pages/${site.pageId}`, { title: `Bread ${deployments}` });
    // The cooldown of five minutes is over.
    await runtime.sql(
      "product",
      "UPDATE deployments SET published_at = published_at - 600000 WHERE site_id = ?",
      site.siteId,
    );
    await takeCounts(base);
    const start = performance.now();
    const { pageCount } = await call("POST", "/publish", {});
    const ms = performance.now() - start;
    const { request: operations } = await takeCounts(base);
    if (COUNTED.includes(deployments)) costs.push({ pages: pageCount, deployments, ms, operations });
  }
  return costs;
}
