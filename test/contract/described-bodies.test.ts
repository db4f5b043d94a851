import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { parameterOf } from "../../src/content/resource/parameter.ts";
import { SITE_RESOURCES } from "../../src/content/resources.ts";
import { openApiDocument } from "../../src/openapi.ts";
import { type Answer, call, TestClock } from "../support/fixtures.ts";
import { neededHeaders, OPERATIONS, type Operation } from "../support/registry.ts";
import { makeTenant, type Tenant, UNKNOWN_IDS, validCall } from "../security/world.ts";
import { broken } from "./support/broken.ts";
import { groupsOf, resolved, type Schema, valid } from "./support/described.ts";

const RUNS = 6;
const SEED = 20_261_128;
const clock = new TestClock();

let tenant: Tenant;

interface Answered {
  $ref?: string;
  headers?: Record<string, object>;
}

interface Described {
  requestBody: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Answered>;
}

const { paths, components } = openApiDocument("https://api.example.com", env.IMPORTED_KEY_PREFIXES) as {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Answered> };
};
/** Webhooks lead to the tests' receiver: which addresses the pattern allows is test/core/patterns.test.ts. */
const RECEIVER: Schema = { enum: [`${inject("receiverUrl")}/ok/generated-suites`] };

const resolve = (name: string): Schema => (name === "WebhookUrl" ? RECEIVER : (components.schemas[name] as Schema));

const schemaOf = ({ route, endpoint }: Operation): Schema =>
  resolved(paths[route]?.[endpoint.method]?.requestBody.content["application/json"]?.schema as Schema, resolve);

interface Case {
  title: string;
  operation: Operation;
  schema: Schema;
  query: string;
  /** The name of the resource that is restored from the trash, which its id tells. */
  restored?: string;
}

/** Tables of the item endpoint, by what one of their bodies is called. */
const TABLES: Record<string, string> = {
  Page: "pages",
  Post: "blog_articles",
  MenuEntry: "menu",
  Site: "settings",
  Product: "s_products",
  Order: "s_orders",
  Coupon: "s_coupons",
  Redirect: "redirects",
};

/** The bodies an operation takes: one, or of each table its own. */
function casesOf(operation: Operation): Case[] {
  const schema = schemaOf(operation);
  if (!schema.anyOf) return [{ title: operation.title, operation, schema, query: "" }];
  return schema.anyOf.map((form) => {
    const label = /Restore(\w+)$/.exec(String(form.$ref))?.[1];
    if (label) {
      const restored = SITE_RESOURCES.find((it) => it.label === label)?.name ?? label.toLowerCase();
      return {
        title: `${operation.title} of a ${restored}`,
        operation,
        schema: resolved(form, resolve),
        query: "",
        restored,
      };
    }
    const table = TABLES[/(?:Create|Update)(\w+)$/.exec(String(form.$ref))?.[1] ?? ""] ?? String(form.$ref);
    return { title: `${operation.title}?table=${table}`, operation, schema: resolved(form, resolve), query: table };
  });
}

beforeAll(async () => {
  tenant = await makeTenant(clock);
  const { headers, ids } = tenant;
  const body = { title: "An article of the website", site_id: ids.siteId };
  // The workspace that is changed is not the one that calls: a tier may close it to the API.
  const sibling = await call("POST", "/api/v1/workspaces", { headers, body: { name: "Changed" } });
  ids.workspaceId = sibling.body.data.id;
  ids.articleId = (await call("POST", "/api/v1/posts", { headers, body })).body.data.id;
});

/** What a schema cannot say of a body. */
const UNSAYABLE = [
  // What there is, and what is taken.
  /is (not|no) (a|an|the|live|sandbox) (published )?(page|site|product|variant|coupon|shipping method|member|deployment|locale|file|export)/,
  /names no site that the key can use|is no endpoint|is no method of|is not what .* takes|is already|is not the id of|is not a known/,
  /is no type of block|is no property of this type|names no property|is the name of a property before|is not what a property/,
  // What an address leads to, and what bytes are.
  /must not lead to a private|must be a public https|must use port|could not be reached|answered \d+, not a file|leads (on|to)|which is not taken|ends in \.\w+, but the file is/,
  /is not of this site's staff|names somebody|is not a service that can be booked|is for a (booking|reservation) that is cancelled/,
  /is required beside a time of the day|is another day than that of startTime|must be a moment there is|^people: must be at most/,
  // What contradicts something else: another field, the clock, the key that asks, what is stored.
  /must be (live|sandbox), as the key says|is not the (article's )?website/,
  /must be at most 100 percent|is required(: something is to be sent| of a fixed amount| for this instruction)|is the path it redirects from/,
  /does not do this service|cannot be booked/,
  // A campaign by its channel, somebody who has agreed elsewhere, a message by its template.
  /is of (notifications|mails): a|is too long: a notification|must be left out, or null, for a campaign|is required for a campaign/,
  /is needed for somebody who|must not lie ahead|is only for those who are active|is active already|is (not )?a template of/,
  /is the template's where there is one|is required without a templateId|^variables\.[\s\S]*: is (missing|no variable of the template)|must be at most \d+, the table's capacity/,
  /^settings\.reservation\..*: must not be before `from`/,
  // Who comes without a reservation sits down now, and needs neither a name nor an address.
  /is required, except for a walk-in|is required of another day than today|^customer\.email: is required/,
  // A point is on its curve, or not.
  /^keys\.p256dh: must be an uncompressed point/,
  /is not a time (at|of|that)|is too soon, or past|is past|is left out by the clock|is more than (any|the) table|days ahead|is not a table/,
  /^items\.\d+\.(item|quantity): (must be at most|is named twice)|is not an unapplied payment|is of no items/,
  /must not be before startDate|must be within 366 days/,
  /must be in the (future|past)|must be within (five years|a year|30 days)|cannot be combined with expiresIn|must not be in the future|must be later|must contain the site's locale|is for drafts/,
];

/** What is wrong with what was sent; 409 tells of what is stored. */
const refusalsOf = ({ status, body }: Answer): string[] =>
  status === 409
    ? []
    : Object.entries<unknown>(body?.errors ?? body?.error?.details?.fields ?? {}).map(
        ([name, message]) => `${name}: ${message}`,
      );

/** The item of a table that a change is about. */
const itemOf = (
  table: string,
  { pageId, articleId, productId, orderId, couponId, redirectId }: Record<string, string>,
): string =>
  ({
    blog_articles: articleId,
    s_products: productId,
    s_orders: orderId,
    s_coupons: couponId,
    redirects: redirectId,
  })[table] ?? (pageId as string);

function pathOf({ operation, query, restored }: Case): string {
  const { ids } = tenant;
  if (restored) return validCall(operation, { ...ids, trashId: UNKNOWN_IDS[parameterOf(restored)] as string }).path;
  if (query === "") return validCall(operation, ids).path;
  const at = new URLSearchParams({ table: query, site: ids.siteId as string });
  if (operation.method === "PATCH" && query !== "settings") at.set("id", itemOf(query, ids));
  return `${operation.route}?${at}`;
}

/** What an answer carries besides its body is described, too. */
function requireDescribedHeaders({ route, endpoint }: Operation, { status, headers }: Answer): void {
  const answered = paths[route]?.[endpoint.method]?.responses[status];
  const { headers: described = {} } = components.responses[answered?.$ref?.split("/").at(-1) ?? ""] ?? answered ?? {};
  const names = ["Content-Type", ...Object.keys(described)].map((name) => name.toLowerCase());
  expect([status, [...headers.keys()].filter((name) => !names.includes(name))]).toEqual([status, []]);
}

async function send(it: Case, body: unknown): Promise<Answer> {
  // Past the cooldown of a publish.
  clock.advance(10 * 60_000);
  const headers = { ...neededHeaders(it.operation), ...tenant.headers };
  const answer = await call(it.operation.method, pathOf(it), { headers, body });
  requireDescribedHeaders(it.operation, answer);
  return answer;
}

interface Broken {
  body: object;
  /** What must be named, and why. */
  field: string;
  rule: string;
}

/** The example of a body with one rule broken, of every rule it has. */
function brokenBodies(schema: Schema): Broken[] {
  const { properties = {}, required = [] } = schema;
  const example = { ...(schema.example as object) };
  if ("url" in example && properties.event) Object.assign(example, { url: RECEIVER.enum?.[0] });
  // One of several names for the same thing stands in place of the others.
  const others = (name: string) => groupsOf(schema).find((it) => it.includes(name)) ?? [];
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(example).filter(([it]) => !names.includes(it)));
  const ofFields = Object.entries(properties)
    .filter(([, property]) => !property.readOnly)
    .flatMap(([field, property]) =>
      broken(property, resolve).map(([rule, value]) => ({
        field,
        rule,
        body: { ...without(...others(field)), [field]: value },
      })),
    );
  const missing = required.map((field) => ({ field, rule: "required", body: without(field) }));
  const empty = schema.minProperties ? [{ field: "body", rule: "minProperties", body: {} }] : [];
  return [
    ...ofFields,
    ...missing,
    ...empty,
    { field: "no_such_field", rule: "additionalProperties", body: { ...example, no_such_field: 1 } },
  ];
}

describe.each(OPERATIONS.filter(({ endpoint }) => endpoint.body).flatMap(casesOf))("$title", (tried) => {
  const { schema, title } = tried;

  it(`${title} refuses a body that its description allows only for what no schema can say`, async () => {
    await fc.assert(
      fc.asyncProperty(valid(schema, resolve), async (body) => {
        const answer = await send(tried, body);
        const sayable = refusalsOf(answer).filter((it) => !UNSAYABLE.some((pattern) => pattern.test(it)));
        expect([JSON.stringify(body).slice(0, 2_000), sayable]).toEqual([expect.anything(), []]);
        if (refusalsOf(answer).length === 0)
          expect([200, 201, 202, 204, 207, 403, 404, 409], answer.text).toContain(answer.status);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it(`${title} refuses what breaks one rule of its description, naming the field`, async () => {
    for (const { body, field, rule } of brokenBodies(schema)) {
      const answer = await send(tried, body);
      const named = refusalsOf(answer).some((it) => it.startsWith(`${field}:`) || it.startsWith(`${field}.`));
      expect([field, rule, answer.status < 500 && named], answer.text).toEqual([field, rule, true]);
    }
  });
});
