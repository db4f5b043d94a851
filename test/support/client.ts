import { type Answer, call, type CallInit, makeWorkspace, type TestClock, type Workspace } from "./fixtures.ts";

/** A caller with a key. Time goes on by 50 ms with every call, slower than any limit of its tier refills. */
export class Client {
  constructor(
    private readonly clock: TestClock,
    readonly headers: Record<string, string>,
    readonly base = "/v1",
  ) {}

  send(method: string, path: string, init: CallInit = {}): Promise<Answer> {
    this.clock.advance(50);
    return call(method, this.base + path, { ...init, headers: { ...this.headers, ...init.headers } });
  }

  get = (path: string, headers?: Record<string, string>) => this.send("GET", path, { headers });
  post = (path: string, body?: unknown) => this.send("POST", path, { body });
  patch = (path: string, body: unknown, headers?: Record<string, string>) =>
    this.send("PATCH", path, { body, headers });
  put = (path: string, body: unknown, headers?: Record<string, string>) => this.send("PUT", path, { body, headers });
  delete = (path: string, headers?: Record<string, string>) => this.send("DELETE", path, { headers });

  /** Creates and returns what was created; fails the test otherwise. */
  async create(path: string, body: unknown) {
    const answer = await this.post(path, body);
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.text}`);
    return answer.body.data;
  }

  at(path: string): Client {
    return new Client(this.clock, this.headers, this.base + path);
  }
}

export interface TestSite {
  workspace: Workspace;
  /** Calls below `/v1`. */
  api: Client;
  siteId: string;
  /** Calls below `/v1/sites/{siteId}`. */
  site: Client;
}

/** A workspace with one site in English and German. */
export async function makeSite(clock: TestClock, settings: Record<string, unknown> = {}): Promise<TestSite> {
  const workspace = await makeWorkspace(clock);
  const api = new Client(clock, (await workspace.key()).headers);
  const made = await api.create("/sites", { name: "Blue Door Bakery", locales: ["en", "de", "fr"], ...settings });
  return { workspace, api, siteId: made.id, site: api.at(`/sites/${made.id}`) };
}

/** The events of a resource, oldest first, as webhooks will carry them. */
export async function eventsOf(db: D1Database, id: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const { results } = await db
    .prepare("SELECT type, data FROM events WHERE json_extract(data, '$.id') = ? ORDER BY seq")
    .bind(id)
    .all<{ type: string; data: string }>();
  return results.map(({ type, data }) => ({ type, data: JSON.parse(data) }));
}
