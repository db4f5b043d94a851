import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { allEvents } from "../../src/core/events/catalogue.ts";
import { type DeclaredEvent, nounOf } from "../../src/core/events/define.ts";
import { allRoutes } from "../../src/core/http/registry.ts";
import type { Right } from "../../src/core/keys/rights.ts";
import { SCOPES } from "../../src/core/keys/scopes.ts";
import { advanceReplays } from "../../src/webhooks/service/replay.ts";
import { TestClock } from "../support/fixtures.ts";
import { arrivals, bodiesOf } from "../webhooks/support/receiver.ts";
import { type Hook, makeWorld, rowsOf, type World } from "../webhooks/support/world.ts";

const clock = new TestClock();
const EVENTS = allEvents();
const READ_SCOPES = [...new Set(EVENTS.map(({ scope }) => scope))];
/** There is no `push:read`: whoever may write campaigns, subscribers and messages reads them too, and nobody else does. */
const READS_WHAT_IS_PUSHED = "push:write";
const BASE = ["webhooks:read", "webhooks:write"];

/** A key, and which events it is to hear of: said here once more, without the code that decides it. */
interface Listener {
  title: string;
  settings: { scopes?: string[] | null; rights?: Right[]; accessType?: "integrations" };
  hears(event: DeclaredEvent): boolean;
}

const withScopes = (title: string, scopes: string[], held: (scope: string) => boolean): Listener => ({
  title,
  settings: { scopes: [...BASE, ...scopes] },
  hears: ({ scope }) => scope === "webhooks:read" || held(scope),
});

/** Where a key with rights alone gets at webhooks, and so may read them. */
const DOORS: Right[] = [
  "webhooks",
  "webhooks/samples/{event}",
  "webhooks/{webhookId}/replay",
  "events",
  "events/{eventId}",
].map((path) => ({
  endpoint: `/api/v1/${path}`,
  methods: ["GET", "POST"],
}));

const LISTENERS: Listener[] = [
  withScopes("nothing else", [], () => false),
  withScopes("*", ["*"], () => true),
  withScopes("*:read", ["*:read"], (scope) => scope.endsWith(":read")),
  withScopes("read", ["read"], (scope) => scope.endsWith(":read")),
  withScopes("*:write", ["*:write"], (scope) => scope === READS_WHAT_IS_PUSHED),
  withScopes("write", ["write"], () => false),
  withScopes(
    "every scope that does not read",
    SCOPES.filter((it) => !it.endsWith(":read") && it !== READS_WHAT_IS_PUSHED),
    () => false,
  ),
  ...READ_SCOPES.map((only) => withScopes(only, [only], (scope) => scope === only)),
  ...READ_SCOPES.map((but) =>
    withScopes(
      `all but ${but}`,
      SCOPES.filter((it) => it !== but),
      (scope) => scope !== but,
    ),
  ),
  withScopes("posts:*", ["posts:*"], (scope) => scope === "posts:read"),
  { title: "* as integrations", settings: { accessType: "integrations" }, hears: ({ integrations }) => integrations },
  ...[...new Map(EVENTS.map((event) => [nounOf(event.type), event])).values()].map(({ type, readAt }) => ({
    title: `a right to read a ${nounOf(type)}`,
    settings: { scopes: null, rights: [...DOORS, { endpoint: readAt[0] as string, methods: ["GET" as const] }] },
    // A stock is read where its product is.
    hears: (event: DeclaredEvent) => event.readAt.includes(readAt[0] as string) || nounOf(event.type) === "webhook",
  })),
  {
    title: "rights on webhooks alone, and on orders under a condition",
    settings: {
      scopes: null,
      rights: [...DOORS, { endpoint: "*", methods: ["GET"], query: { table: "s_orders" } }],
    },
    hears: ({ type }) => nounOf(type) === "webhook",
  },
];

interface Heard {
  world: World;
  hook: Hook & { heard_events: string[] };
}

/** Without repetitions: making keys and calling with them makes events of its own. */
const sorted = (types: Iterable<string>): string[] => [...new Set(types)].sort();
const heardBy = ({ hears }: Listener): string[] => sorted(EVENTS.filter(hears).map(({ type }) => type));

/** How many calls are on their way at once: no limit of a key is reached. */
const SIDE_BY_SIDE = 20;

/** What a key is answered about each event. */
async function statusesOf<Event extends { type: string }>(
  world: World,
  events: readonly Event[],
  pathOf: (event: Event) => string,
): Promise<[string, number][]> {
  const statuses: [string, number][] = [];
  for (let from = 0; from < events.length; from += SIDE_BY_SIDE) {
    clock.advance(100 * SIDE_BY_SIDE);
    const asked = events.slice(from, from + SIDE_BY_SIDE);
    const answers = asked.map(async (event): Promise<[string, number]> => {
      const { status } = await world.platform.get(pathOf(event));
      return [event.type, status];
    });
    statuses.push(...(await Promise.all(answers)));
  }
  return statuses;
}

let owner: World;
let started: string;
const heard = new Map<Listener, Heard>();
const of = (listener: Listener): Heard => heard.get(listener) as Heard;

beforeAll(async () => {
  owner = await makeWorld(clock);
  for (const listener of LISTENERS) {
    const world = await owner.as(listener.settings as never);
    heard.set(listener, { world, hook: (await world.hook({ events: ["*"] })) as Heard["hook"] });
  }
  // They are woken all at once: the scheduler has nothing to go on with beside the test.
  await rowsOf("UPDATE webhook_endpoints SET success_count = 1");
  clock.advance(1_000);
  started = new Date(clock.time).toISOString();
  const { unit } = owner.workspace.context();
  for (const event of EVENTS) unit.emit(event as DeclaredEvent<object>, event.sample as object);
  await unit.commit();
  // A receiver is sent ten at a time: what each endpoint is due is more than that.
  for (let round = 0; round < Math.ceil(EVENTS.length / 5); round += 1) {
    await owner.deliverDue();
    clock.advance(1_000);
  }
});

describe.each(LISTENERS)("a key with $title", (listener) => {
  it(`a key with ${listener.title} hears by webhook of just what it may read, and its subscription says so`, async () => {
    const { hook } = of(listener);
    expect(sorted(hook.heard_events)).toEqual(heardBy(listener));
    const due = await rowsOf<{ type: string }>(
      "SELECT event_type AS type FROM webhook_deliveries WHERE endpoint_id = ?",
      hook.id,
    );
    expect(sorted(due.map(({ type }) => type))).toEqual(heardBy(listener));
    const sent = bodiesOf(await arrivals(hook.url)).map(({ type }) => type);
    expect(sorted(sent)).toEqual(heardBy(listener));
  });

  it(`a key with ${listener.title} finds just what it may read in the feed, and is told which scope it lacks for a type it asks for`, async () => {
    const { world } = of(listener);
    const types: string[] = [];
    for (let after = "", isMore = true; isMore; ) {
      const { data, meta } = (await world.platform.get(`/events?limit=100${after}`)).body;
      types.push(...data.map(({ type }: { type: string }) => type));
      [after, isMore] = [`&after=${meta.next_after}`, meta.has_more];
    }
    expect(sorted(types)).toEqual(heardBy(listener));
    const [missing] = EVENTS.filter((event) => !listener.hears(event));
    if (!missing) return;
    const refused = await world.platform.get(`/events?type=${missing.type}`);
    expect(refused.status).toBe(403);
    if (listener.settings.scopes && !listener.settings.accessType) {
      expect(refused.body.message).toContain(missing.scope);
    }
  });

  it(`a key with ${listener.title} gets just what it may read by its id`, async () => {
    const { world } = of(listener);
    const known = await rowsOf<{ id: string; type: string }>(
      "SELECT min(id) AS id, type FROM events WHERE workspace_id = ? GROUP BY type",
      owner.workspace.id,
    );
    expect(known).toHaveLength(EVENTS.length);
    const shown = await statusesOf(world, known, ({ id }) => `/events/${id}`);
    const isHeard = (type: string) => listener.hears(EVENTS.find((event) => event.type === type) as DeclaredEvent);
    expect(shown).toEqual(known.map(({ type }) => [type, isHeard(type) ? 200 : 403]));
  });

  it(`a key with ${listener.title} is shown samples of just what it may read`, async () => {
    const { world } = of(listener);
    const shown = await statusesOf(world, EVENTS, ({ type }) => `/webhooks/samples/${type}`);
    expect(shown).toEqual(EVENTS.map((event) => [event.type, listener.hears(event) ? 200 : 403]));
  });

  it(`a key with ${listener.title} is replayed just what it may read, whatever was made due before`, async () => {
    const { world, hook } = of(listener);
    await env.DB.prepare("DELETE FROM webhook_deliveries WHERE endpoint_id = ?").bind(hook.id).run();
    const replay = await world.platform.post(`/webhooks/${hook.id}/replay`, { from: started, status: "all" });
    expect(replay.status, replay.text).toBe(202);
    await advanceReplays(env, clock.time);
    const due = await rowsOf<{ type: string }>(
      "SELECT event_type AS type FROM webhook_deliveries WHERE endpoint_id = ?",
      hook.id,
    );
    expect(sorted(due.map(({ type }) => type))).toEqual(heardBy(listener));
  });
});

/** What the audit log tells of that no event does. */
const SILENT = { user: "users:read", feature: "entitlements:read", seo_report: "seo:read" };
const TARGETS: Record<string, string> = {
  ...SILENT,
  ...Object.fromEntries(EVENTS.map(({ type, scope }) => [nounOf(type), scope])),
};
const AUDITED_SCOPES = [...new Set(Object.values(TARGETS))].filter((it) => it !== "workspaces:read");

describe("an audit entry", () => {
  beforeAll(async () => {
    const { unit } = owner.workspace.context();
    for (const type of Object.keys(TARGETS)) {
      unit.audit(`${type}.tried`, { type, id: 1, before: { was: type }, after: { is: type } });
    }
    await unit.commit();
  });

  it.each([null, ...AUDITED_SCOPES])(
    "an audit entry shows before and after to who may read the thing: %s",
    async (scope) => {
      const world = await owner.as({ scopes: ["workspaces:read", ...(scope === null ? [] : [scope])] });
      const { body } = await world.platform.get("/audit-log?per_page=100&sort=-created_at&search=.tried");
      expect(body.data).toHaveLength(Object.keys(TARGETS).length);
      for (const { target_type: type, before, after } of body.data) {
        const isShown = [scope, "workspaces:read"].includes(TARGETS[type] as string);
        expect([type, before, after]).toEqual(isShown ? [type, { was: type }, { is: type }] : [type, null, null]);
      }
    },
  );

  it("an audit entry is not written of what nothing says who may read", () => {
    expect(() => owner.workspace.context().unit.audit("ghost.seen", { type: "ghost", id: 1 })).toThrow("ghost");
  });
});

describe("an include", () => {
  it.each([
    ["/posts", "author", "posts:read", "users:read"],
    ["/posts", "site", "posts:read", "sites:read"],
    ["/webhooks", "site", "webhooks:read", "sites:read"],
    ["/api-keys", "sites", "api-keys:read", "sites:read"],
    ["/workspaces", "owner", "workspaces:read", "users:read"],
  ])("the include %s?include=%s asks for the scope of what it includes", async (path, include, scope, needed) => {
    const without = await owner.as({ scopes: [scope] });
    const refused = await without.platform.get(`${path}?include=${include}`);
    expect(refused.status).toBe(403);
    expect(refused.body.message).toContain(needed);
    expect((await without.platform.get(path)).status).toBe(200);
    const both = await owner.as({ scopes: [scope, needed] });
    const { status, body } = await both.platform.get(`${path}?include=${include}`);
    expect(status).toBe(200);
    for (const item of body.data) expect(item).toHaveProperty(include);
  });
});

describe("the routes that an event says show its resource", () => {
  it("the routes that an event says show its resource are there, and ask for the event's scope", () => {
    const reads = allRoutes().filter(({ endpoint }) => endpoint.method === "get");
    for (const { type, scope, readAt } of EVENTS) {
      expect(readAt.length, type).toBeGreaterThan(0);
      for (const route of readAt) {
        const found = reads.find(({ template }) => template === route);
        expect([type, route, found?.endpoint.scope]).toEqual([type, route, scope]);
      }
    }
  });
});
