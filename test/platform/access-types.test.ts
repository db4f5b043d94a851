import { beforeAll, describe, expect, it } from "vitest";
import { allPersonalAttributes } from "../../src/core/keys/attributes.ts";
import { addUser } from "../../src/platform/users/service.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { keyedRoutes, methodOf, pathOf, refusalOf, tryRoute } from "./support/routes.ts";

const clock = new TestClock();
let workspace: Workspace;
let admin: Record<string, string>;
const users: { id: number; name: string; email: string }[] = [];

/** The order by one attribute is the reverse of the order by the other, and neither is that of the ids. */
const PEOPLE = [3, 0, 4, 1, 2].map((n) => ({ name: `Name-${n}`, email: `mail-${9 - n}@hidden.example` }));

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  admin = (await workspace.key()).headers;
  for (const person of PEOPLE) {
    const ctx = workspace.context();
    users.push(addUser({ ctx, input: { ...person, role: "member" } }));
    await ctx.unit.commit();
    const { id } = users.at(-1) as { id: number };
    const post = await call("POST", "/api/v1/posts", { headers: admin, body: { title: "Post", author_id: id } });
    expect(post.status, post.text).toBe(201);
  }
});

const get = (path: string, headers: Record<string, string>) => call("GET", `/api/v1${path}`, { headers });
const partner = async (attributes: string[] | null) =>
  (await workspace.key({ accessType: "integrations", attributes })).headers;

interface Published {
  method: string;
  endpoint: string;
  query?: Record<string, string>;
}

const suffixOf = (query?: Record<string, string>): string => (query ? `?${new URLSearchParams(query)}` : "");

/** Every operation that takes a key, by table where that decides; what every caller is told there is not is left out. */
const variants = () =>
  keyedRoutes().flatMap((route) => {
    const { byQuery } = route.endpoint;
    if (!byQuery) return [{ route, query: "" }];
    const offered = Object.entries(byQuery.values).filter(([, { isOffered }]) => isOffered);
    return offered.map(([value]) => ({ route, query: suffixOf({ [byQuery.parameter]: value }) }));
  });

describe("a key of access type integrations", () => {
  it("a key of access type integrations reaches exactly the endpoints and the tables that are published for it", async () => {
    const types = (await get("/access-types", admin)).body.data;
    const published = types.find((it: { access_type: string }) => it.access_type === "integrations").endpoints;
    expect(published.length).toBeGreaterThan(3);
    const open = new Set(published.map((it: Published) => `${it.method} ${it.endpoint}${suffixOf(it.query)}`));
    const headers = await partner(null);
    for (const { route, query } of variants()) {
      // Each call is alone in its second: none reaches a limit.
      clock.advance(1_000);
      const name = `${methodOf(route)} ${route.template}${query}`;
      const { status } = await tryRoute(route, headers, pathOf(route) + query);
      if (open.delete(name)) expect([401, 403, 405], name).not.toContain(status);
      else expect(status, name).toBe(refusalOf(route));
    }
    // Nothing is published that there is not.
    expect([...open]).toEqual([]);
  });

  it("a key of access type integrations hears nothing in the event feed of what it has no endpoint for", async () => {
    await call("POST", "/api/v1/api-keys", { headers: admin, body: { name: "K", contact_email: "k@hidden.example" } });
    const types = async (headers: Record<string, string>) =>
      (await get("/events?limit=100", headers)).body.data.map((event: { type: string }) => event.type);
    expect(await types(admin)).toEqual(expect.arrayContaining(["api_key.created", "post.created"]));
    const feed = await types(await partner(null));
    expect(feed).toContain("post.created");
    expect(feed.filter((type: string) => /^(api_key|workspace)/.test(type))).toEqual([]);
  });

  it("a key of access type integrations may be limited to fewer of them by scopes, never to more", async () => {
    const { headers } = await workspace.key({ accessType: "integrations", scopes: ["users:read"] });
    expect((await get("/users", headers)).status).toBe(200);
    expect((await get("/posts", headers)).status).toBe(403);
    expect((await get("/audit-log", headers)).status).toBe(403);
  });
});

const ATTRIBUTES = allPersonalAttributes().user as string[];
/** Every set of visible attributes a key can name; one that is no attribute hides both. */
const SUBSETS = [["name"], ["email"], ["phone"], ["Name"], ["name", "email"]];

/** Every way there is to ask for members. */
const QUERIES = [
  "/users",
  "/users?per_page=2&page=2",
  "/users?fields=id,name,email",
  "/users?fields=email",
  "/users?fields=name",
  "/users?sort=name",
  "/users?sort=-email,name",
  "/users?status=member",
  "/users?search=hidden.example",
  "/users?search=name-",
  "/users?search=mail-5",
  "/posts?include=author",
  "/posts?include=author&fields=id",
  "/posts?include=author&search=hidden",
  "/posts?search=Name-3",
  "/events",
  "/events?type=post.created",
];

describe.each(SUBSETS.map((subset) => [subset]))(
  "of a key that may see %j, the members' other attributes",
  (subset) => {
    const visible = new Set(subset.map((name) => name.toLowerCase()));
    const hidden = ATTRIBUTES.filter((name) => !visible.has(name));
    const secrets = PEOPLE.flatMap((person) => hidden.map((name) => person[name as "name" | "email"]));

    it(`the members' other attributes appear in no answer to a key that may see ${JSON.stringify(subset)}, and the visible ones do`, async () => {
      const headers = await partner(subset);
      const paths = [
        ...QUERIES,
        ...users.map(({ id }) => `/users/${id}`),
        ...users.map(({ email }) => `/users/${email}`),
      ];
      for (const path of paths) {
        const { text } = await get(path, headers);
        for (const secret of secrets) {
          // What the caller sent itself may come back in a link.
          expect(text.replaceAll(encodeURIComponent(secret), "").replaceAll(path, ""), path).not.toContain(secret);
        }
        const isOfMembers = path.startsWith("/users") || path.includes("include=author");
        for (const name of isOfMembers ? hidden : []) expect(text, path).not.toContain(`"${name}":`);
      }
      const list = (await get("/users?sort=created_at", headers)).body.data;
      for (const name of ATTRIBUTES.filter((it) => visible.has(it)))
        expect(list.map((user: Record<string, unknown>) => user[name])).toEqual(PEOPLE.map((it) => it[name as "name"]));
    });

    it(`the members' other attributes cannot be told by a key that may see ${JSON.stringify(subset)} from the order, nor from what a search finds`, async () => {
      const headers = await partner(subset);
      const ids = async (query: string) =>
        (await get(`/users?${query}`, headers)).body.data.map((user: { id: number }) => user.id);
      for (const name of hidden) {
        expect(await ids(`sort=${name}`)).toEqual(await ids("sort=created_at"));
        expect(await ids(`sort=-${name}`)).toEqual(await ids("sort=-created_at"));
        for (const person of PEOPLE) {
          const guess = encodeURIComponent(person[name as "name" | "email"]);
          expect(await ids(`search=${guess}`)).toEqual([]);
        }
      }
    });
  },
);

describe("a key without named attributes", () => {
  it.each([[null], [[]]])(
    "a key without named attributes (%j) sees all of them, as does an admin key whatever it names",
    async (attributes) => {
      const { headers } = await workspace.key({ accessType: "admin", attributes: ["name"] });
      for (const as of [headers, await partner(attributes)]) {
        const list = (await get("/users?sort=created_at", as)).body.data;
        expect(list).toMatchObject(PEOPLE);
        expect((await get("/users?search=mail-5", as)).body.data).toHaveLength(1);
        expect((await get("/posts?include=author&sort=created_at", as)).body.data[0].author).toMatchObject(
          PEOPLE[0] ?? {},
        );
      }
    },
  );
});
