import { exports } from "cloudflare:workers";
import { type Answer, call, makeWorkspace, type TestClock, type Workspace } from "../support/fixtures.ts";

export interface VisitedSite {
  id: string;
  slug: string;
  workspace: Workspace;
  headers: Record<string, string>;
  /** Calls an operation of the site, below `/v1/sites/{siteId}`. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  page(body: Record<string, unknown>): Promise<string>;
  /** An article of its blog, published unless told otherwise; answers its id. */
  post(body: Record<string, unknown>): Promise<number>;
  changePost(postId: number, body: Record<string, unknown>): Promise<void>;
  change(pageId: string, body: Record<string, unknown>): Promise<void>;
  publish(): Promise<{ number: number; warnings: unknown[] }>;
  visit(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The same by another name of the host, of which no answer is in memory. */
  visitAfresh(path: string): Promise<Response>;
}

let addresses = 0;
let visits = 0;

/** A website with its owner's key, seen by a visitor with an address of its own. */
export async function makeVisitedSite(clock: TestClock, body: Record<string, unknown> = {}): Promise<VisitedSite> {
  const workspace = await makeWorkspace(clock);
  const { headers } = await workspace.key();
  const send = (method: string, path: string, sent?: unknown) =>
    call(method, path, { headers, ...(sent !== undefined && { body: sent }) });
  const ask = async (method: string, path: string, sent?: unknown) => {
    const answer = await send(method, path, sent);
    if (answer.status >= 300) throw new Error(`${method} ${path} → ${answer.status} ${answer.text}`);
    return answer.body.data;
  };
  addresses += 1;
  const { id, slug } = await ask("POST", "/v1/sites", {
    name: "Blue Door Bakery",
    // Never used before in this runtime, which may still have pages of an earlier file's website in memory.
    slug: `website-${addresses}`,
    locale: "en",
    locales: ["en", "de"],
    ...body,
  });
  const address = `198.18.${addresses >> 8}.${addresses & 255}`;
  return {
    id,
    slug,
    workspace,
    headers,
    ask: (method, path, sent) => send(method, `/v1/sites/${id}${path}`, sent),
    page: async (sent) => {
      clock.advance(1);
      return (await ask("POST", `/v1/sites/${id}/pages`, { status: "published", ...sent })).id;
    },
    post: async (sent) => {
      clock.advance(1);
      return (await ask("POST", "/api/v1/posts", { site_id: id, status: "published", ...sent })).id;
    },
    changePost: (postId, sent) => ask("PATCH", `/api/v1/posts/${postId}`, sent),
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
    visitAfresh: (path) => {
      visits += 1;
      const headers = { "CF-Connecting-IP": `198.19.${visits >> 14}.${(visits >> 6) & 255}` };
      const url = `https://host-${visits}.example.com/s/${slug}${path}`;
      return exports.default.fetch(new Request(url, { headers, redirect: "manual" }));
    },
  };
}
