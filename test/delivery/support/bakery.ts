import type { Right } from "../../../src/core/keys/rights.ts";
import { call, makeWorkspace, type TestClock, type Workspace } from "../../support/fixtures.ts";

/** "Read-only public data" of document 004. */
export const READ_ONLY: Right[] = ["/api/pages", "/api/menu", "/api/settings"].map((endpoint) => ({
  endpoint,
  methods: ["GET"],
}));

export interface Bakery {
  workspace: Workspace;
  siteId: string;
  slug: string;
  /** Headers of a key that may do everything. */
  owner: Record<string, string>;
}

/** A published website with one page, alone in its workspace. */
export async function makeBakery(clock: TestClock, tier?: string): Promise<Bakery> {
  const workspace = await makeWorkspace(clock, tier);
  const { headers: owner } = await workspace.key();
  const post = async (path: string, body: unknown = {}) => {
    const made = await call("POST", path, { headers: owner, body });
    if (made.status >= 300) throw new Error(`POST ${path} → ${made.status} ${made.text}`);
    return made.body.data;
  };
  const { id: siteId, slug } = await post("/v1/sites", { name: "Blue Door Bakery" });
  await post(`/v1/sites/${siteId}/pages`, { title: "Home", slug: "home", status: "published" });
  await post(`/v1/sites/${siteId}/publish`);
  return { workspace, siteId, slug, owner };
}
