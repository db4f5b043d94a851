import { exports } from "cloudflare:workers";
import { call, makeWorkspace, type TestClock } from "../support/fixtures.ts";

export interface VisitedSite {
  id: string;
  slug: string;
  headers: Record<string, string>;
  page(body: Record<string, unknown>): Promise<string>;
  change(pageId: string, body: Record<string, unknown>): Promise<void>;
  publish(): Promise<{ number: number; warnings: unknown[] }>;
  visit(path: string, headers?: Record<string, string>): Promise<Response>;
}

let addresses = 0;

/** A website with its owner's key, seen by a visitor with an address of its own. */
export async function makeVisitedSite(clock: TestClock, body: Record<string, unknown> = {}): Promise<VisitedSite> {
  const workspace = await makeWorkspace(clock);
  const { headers } = await workspace.key();
  const ask = async (method: string, path: string, sent?: unknown) => {
    const answer = await call(method, path, { headers, ...(sent !== undefined && { body: sent }) });
    if (answer.status >= 300) throw new Error(`${method} ${path} → ${answer.status} ${answer.text}`);
    return answer.body.data;
  };
  const { id, slug } = await ask("POST", "/v1/sites", {
    name: "Blue Door Bakery",
    locale: "en",
    locales: ["en", "de"],
    ...body,
  });
  addresses += 1;
  const address = `198.18.${addresses >> 8}.${addresses & 255}`;
  return {
    id,
    slug,
    headers,
    page: async (sent) => {
      clock.advance(1);
      return (await ask("POST", `/v1/sites/${id}/pages`, { status: "published", ...sent })).id;
    },
    change: (pageId, sent) => ask("PATCH", `/v1/sites/${id}/pages/${pageId}`, sent),
    publish: () => {
      clock.advance(6 * 60_000);
      return ask("POST", `/v1/sites/${id}/publish`);
    },
    visit: (path, more = {}) =>
      exports.default.fetch(
        new Request(`https://api.example.com/s/${slug}${path}`, {
          headers: { "CF-Connecting-IP": address, ...more },
          redirect: "manual",
        }),
      ),
  };
}
