import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { z } from "@hono/zod-openapi";
import { beforeAll, describe, expect, it } from "vitest";
import { LoyaltyEntrySchema } from "../../src/content/loyalty/ledger/contract.ts";
import { settleDue } from "../../src/content/loyalty/ledger/due.ts";
import { SubmissionSchema } from "../../src/content/forms/submissions/contract.ts";
import { submitForm } from "../../src/content/forms/submissions/submit.ts";
import { runJob } from "../../src/content/jobs/engine/run.ts";
import { PageSchema } from "../../src/content/pages/contract.ts";
import { CampaignSchema } from "../../src/content/push/campaigns/contract.ts";
import type { SiteResource } from "../../src/content/resource/resource.ts";
import { parameterOf } from "../../src/content/resource/parameter.ts";
import { StockLevelSchema } from "../../src/content/shop/stock/contract.ts";
import { SITE_RESOURCES } from "../../src/content/resources.ts";
import { SiteSchema } from "../../src/content/sites/contract.ts";
import { allEvents, eventOf, eventTypes, registerEvents } from "../../src/core/events/catalogue.ts";
import { SCOPES } from "../../src/core/keys/scopes.ts";
import { defineEvents } from "../../src/core/events/define.ts";
import { ledgerOf } from "../../src/core/limits/ledger-object.ts";
import { RUNTIME } from "../../src/core/runtime.ts";
import { KeySchema } from "../../src/platform/api-keys/contract.ts";
import { announceExpiringKeys } from "../../src/platform/api-keys/service/expiring.ts";
import { PostSchema } from "../../src/platform/posts/contract.ts";
import { DeliverySchema, WebhookSchema } from "../../src/platform/webhooks/contract.ts";
import { WorkspaceSchema } from "../../src/platform/workspaces/contract.ts";
import "../../src/jobs.ts";
import { EVENT_SETS } from "../../src/events.ts";
import { deliverMails } from "../../src/mail/deliver.ts";
import { PostOffice, refusal } from "../mail/post.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";
import { makeForm } from "../support/forms.ts";
import { exampleBody, named } from "../support/registry.ts";
import { makeOne, resourceNamed } from "../support/resources.ts";
import { nearlyExhaust, makeWorld, World } from "./support/world.ts";

/** Document 001 has no `push:read`: `push:write` is what its GETs ask for, so it is what hears of what they show. */
const READ_BY_WRITERS = ["push:write"];

const clock = new TestClock();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let world: World;
let small: World;
let siteId: string;

const sampleOf = (type: string) => eventOf(type).sample;

beforeAll(async () => {
  world = await makeWorld(clock);
  siteId = await world.site();
  const starter = await makeWorkspace(clock, "starter");
  small = new World(clock, starter, (await starter.key()).headers);
});

const newPage = (status: string) =>
  world.content.create(`/sites/${siteId}/pages`, { title: "Contact", status, blocks: [{ type: "HeroSection" }] });
const newPost = () => world.post({ content: "<p>First post</p>", tags: ["news"] });
const newKey = (more: object = {}) =>
  world.platform.create("/api-keys", { name: "CI", scopes: ["posts:read"], ...more });

async function publish(): Promise<void> {
  clock.advance(10 * MINUTE);
  await newPage("published");
  await world.content.post(`/sites/${siteId}/publish`);
}

async function use(...quantities: number[]): Promise<void> {
  for (const quantity of quantities) {
    await small.platform.post("/entitlements/usage", { feature: "api_calls", quantity });
    await runDurableObjectAlarm(ledgerOf(env, small.workspace.id, "live"));
    clock.advance(MINUTE);
  }
}

/** Uses up an allowance, in an hour busier than any of the week before. In a new month the first call counts for nothing. */
async function useUp(): Promise<void> {
  await use(1, 1);
  clock.advance(7 * DAY);
  await use(1, 850);
}

/** Whether there is a call that makes one by itself: files are uploaded, and redemptions redeemed. */
const isMade = ({ name, create }: SiteResource): boolean =>
  create !== undefined || ["media", "redemption"].includes(name);

/** What resources need of one another, made once: an order needs a product. */
const needed: Record<string, string> = {};

/** Makes one more of a resource, and of those before it what there is none of yet. */
async function newItem(resource: SiteResource): Promise<{ path: string; id: string }> {
  for (const it of SITE_RESOURCES) {
    const isIt = it === resource;
    const parameter = parameterOf(it.name);
    if (!isIt && (!isMade(it) || needed[parameter])) continue;
    const { id } = await makeOne((path, body) => world.content.create(`/sites/${siteId}${path}`, body), it, needed);
    if (isIt) return { path: `/sites/${siteId}${it.path}`, id };
    needed[parameter] = id;
  }
  throw new Error(`${resource.name} is not in the list of resources`);
}

/** The fields of a change in which its sample differs from that of a new item. */
function whatDiffers({ events, update }: SiteResource, verb: string): object {
  const [made, changed] = [events.created?.sample, events[verb]?.sample] as Record<string, unknown>[];
  const changeable = Object.keys((update?.schema as { shape?: object } | undefined)?.shape ?? {});
  const names = changeable.filter((name) => changed && name in changed && changed[name] !== made?.[name]);
  return Object.fromEntries(names.map((name) => [name, changed?.[name]]));
}

/** A resource that is declared once does what its declaration's samples say. */
async function happensTo(resource: SiteResource, verb: string): Promise<void> {
  const { path, id } = await newItem(resource);
  if (verb === "deleted") await world.content.delete(`${path}/${id}`);
  else if (verb !== "created") await world.content.patch(`${path}/${id}`, whatDiffers(resource, verb));
}

/** Makes a member with points, and does something with him. */
async function loyalty(path: string, more: object, points: object = {}): Promise<{ id: string; entryId?: string }> {
  const site = world.content.at(`/sites/${siteId}/loyalty`);
  const { id: memberId } = await site.create("/members", { email: `${crypto.randomUUID()}@example.com` });
  const earned = await site.create("/earn", { memberId, points: 500, description: "Bought", ...points });
  return path === ""
    ? earned
    : site.create(path.replace("{entryId}", earned.id), { ...more, ...(!path.includes("{") && { memberId }) });
}

async function redeem(): Promise<{ id: string }> {
  const reward = await world.content.create(`/sites/${siteId}/loyalty/rewards`, { title: "Free coffee", cost: 100 });
  return loyalty("/redeem", { rewardId: reward.id });
}

/** Books, and takes the booking as far as it goes once its time has come. */
async function attend(status: "completed" | "no_show"): Promise<void> {
  const { path, id } = await newItem(resourceNamed("booking") as SiteResource);
  await world.content.patch(`${path}/${id}`, { status: "confirmed" });
  clock.advance(60 * DAY);
  await world.content.patch(`${path}/${id}`, { status });
}

/** Lets a party come to its table, or not, when its time is now. */
async function reserve(status: "seated" | "completed" | "no_show"): Promise<void> {
  const { path, id } = await newItem(resourceNamed("reservation") as SiteResource);
  // The party before it has left its table.
  clock.advance(DAY);
  const now = new Date(clock.time).toISOString();
  await world.content.patch(`${path}/${id}`, { date: now.slice(0, 10), time: now.slice(11, 16) });
  await world.content.patch(`${path}/${id}`, { status });
}

/** Books, and moves the booking by a day. */
async function reschedule(): Promise<void> {
  const { path, id } = await newItem(resourceNamed("booking") as SiteResource);
  const { date } = (await world.content.get(`${path}/${id}`)).body.data;
  const next = new Date(Date.parse(date) + DAY).toISOString().slice(0, 10);
  await world.content.patch(`${path}/${id}`, { date: next });
}

/** Sends a message, and has it delivered to somebody who takes it, or does not. */
async function message(refused: Error | null): Promise<void> {
  const { headers } = await world.workspace.key({ accessType: "transactional" });
  await call("POST", `/v1/sites/${siteId}/messages`, { headers, body: exampleBody(named("sendMessage")) });
  const post = new PostOffice();
  post.refuses = () => refused;
  await deliverMails(post.bindings(), clock.time);
}

/** Sends a campaign: it has begun. */
const send = (): Promise<{ id: string }> => {
  const wished = { title: "Fresh rye", body: "Out of the oven.", url: "/", audience: { topics: ["news"] } };
  return world.content.create(`/sites/${siteId}/push/campaigns`, wished);
};

/** Has whoever works on it do what a campaign has to do, to its end. */
async function sent(): Promise<void> {
  const { id } = await send();
  const { jobId } = (await world.content.get(`/sites/${siteId}/push/campaigns/${id}`)).body.data;
  await runJob(env, { jobId, workspaceId: world.workspace.id }, RUNTIME);
}

/** Makes the real thing happen, as simply as it can. */
const CAUSES: Record<string, () => Promise<unknown>> = {
  "site.created": () => world.site(),
  "site.updated": async () => world.content.patch(`/sites/${await world.site()}`, { name: "Green Door Bakery" }),
  "site.published": publish,
  "site.rolled_back": async () => {
    await publish();
    await publish();
    return world.content.post(`/sites/${siteId}/rollback`);
  },
  "page.created": () => newPage("draft"),
  "page.updated": async () =>
    world.content.patch(`/sites/${siteId}/pages/${(await newPage("draft")).id}`, { title: "Contact us" }),
  "page.deleted": async () => world.content.delete(`/sites/${siteId}/pages/${(await newPage("draft")).id}`),
  "page.published": publish,
  "stock.low": async () => {
    const { id } = await world.content.create(`/sites/${siteId}/shop/products`, {
      title: "Sourdough loaf",
      price: 650,
      stock: 20,
      lowStockAt: 5,
    });
    await world.content.post(`/sites/${siteId}/shop/products/${id}/stock`, { change: -17 });
  },
  "form.submitted": async () => {
    const ctx = world.workspace.context();
    await submitForm(ctx, {
      ...{ siteId, formId: await makeForm(siteId), sentKey: null, isSpam: false },
      answered: { data: { name: "Ada", email: "ada@example.com", message: "Hello" }, files: [] },
      ...{ pageId: "page_01KAGW6PSZ0000000000000000", locale: "en" },
    });
  },
  "loyalty.points_earned": () => loyalty("", {}),
  "loyalty.points_adjusted": () => loyalty("/adjust", { points: 20, description: "Late delivery" }),
  "loyalty.points_reversed": () => loyalty("/entries/{entryId}/reverse", {}),
  "loyalty.points_expired": async () => {
    await loyalty("", {}, { expiresAt: new Date(clock.time + DAY).toISOString() });
    clock.advance(DAY);
    await settleDue(env, clock.time);
  },
  "loyalty.reward_redeemed": redeem,
  "redemption.updated": async () =>
    world.content.post(`/sites/${siteId}/loyalty/redemptions/${(await redeem()).id}/fulfil`),
  "booking.completed": () => attend("completed"),
  "booking.no_show": () => attend("no_show"),
  "booking.rescheduled": reschedule,
  "reservation.seated": () => reserve("seated"),
  "reservation.completed": () => reserve("completed"),
  "reservation.no_show": () => reserve("no_show"),
  "order.refunded": async () => {
    const { path, id } = await newItem(SITE_RESOURCES.find(({ name }) => name === "order") as SiteResource);
    for (const status of ["paid", "refunded"]) await world.content.patch(`${path}/${id}`, { status });
  },
  "subscriber.confirmed": () =>
    world.content.create(`/sites/${siteId}/push/subscribers`, {
      email: "agreed@example.com",
      topics: ["news"],
      locale: "en",
      status: "active",
      consentAt: "2026-01-15T10:30:00Z",
    }),
  "campaign.cancelled": async () => world.content.post(`/sites/${siteId}/push/campaigns/${(await send()).id}/cancel`),
  "push.sent": sent,
  "message.created": () => message(null),
  "message.updated": () => message(null),
  "message.sent": () => message(null),
  "message.failed": () => message(refusal("E_VALIDATION_ERROR")),
  "post.created": newPost,
  "post.updated": async () => world.platform.patch(`/posts/${(await newPost()).id}`, { status: "published" }),
  "post.deleted": async () => world.platform.delete(`/posts/${(await newPost()).id}`),
  "api_key.created": newKey,
  "api_key.updated": async () => world.platform.patch(`/api-keys/${(await newKey()).id}`, { name: "CI 2" }),
  "api_key.rotated": async () => world.platform.post(`/api-keys/${(await newKey()).id}/rotate`),
  "api_key.revoked": async () => world.platform.delete(`/api-keys/${(await newKey()).id}`),
  "api_key.expiring": async () => {
    await newKey({ expires_at: new Date(clock.time + 3 * DAY).toISOString() });
    await announceExpiringKeys(env, clock.time);
  },
  "usage.threshold_reached": useUp,
  "usage.spike": useUp,
  "workspace.created": () => world.platform.create("/workspaces", { name: "Second" }),
  "workspace.updated": () => world.platform.patch(`/workspaces/${world.workspace.id}`, { name: "Renamed" }),
  "webhook.disabled": async () => {
    await world.hook({ to: "gone", events: ["post.created"] });
    await world.post();
    await world.deliverDue();
  },
  "delivery.exhausted": async () => {
    const hook = await world.hook({ to: "status/500", events: ["post.created"] });
    await world.post();
    await nearlyExhaust(hook, clock.time);
    await world.deliverDue();
  },
};

const SCHEMAS: Record<string, z.ZodObject> = {
  site: SiteSchema,
  page: PageSchema,
  stock: StockLevelSchema,
  loyalty: LoyaltyEntrySchema,
  post: PostSchema,
  ...Object.fromEntries(SITE_RESOURCES.map(({ name, schema }) => [name, schema])),
  form: SubmissionSchema,
  push: CampaignSchema,
  api_key: KeySchema,
  workspace: WorkspaceSchema,
  webhook: WebhookSchema,
  delivery: DeliverySchema,
};

/** A value with the kinds of its parts in place of the parts; a list is as its first entry. */
function shapeOf(value: unknown): unknown {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object") return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
}

/** Free-form parts: what is in them is the caller's. */
function withoutContent(value: unknown): unknown {
  const { blocks, settings, ...rest } = value as Record<string, unknown>;
  return { ...rest, ...(blocks !== undefined && { blocks: "…" }), ...(settings !== undefined && { settings: "…" }) };
}

/** The latest event of a type, as the feed shows it. */
async function happened(type: string): Promise<{ data: unknown }> {
  const [noun, verb] = type.split(".") as [string, string];
  const resource = resourceNamed(noun);
  const cause = CAUSES[type];
  if (cause) await cause();
  else if (resource) await happensTo(resource, verb);
  const { platform } = type.startsWith("usage.") ? small : world;
  const { body } = await platform.get(`/events?type=${type}&limit=100`);
  expect(body.data).not.toEqual([]);
  return body.data.at(-1);
}

describe.each(eventTypes())("the sample of %s", (type) => {
  it(`the sample of ${type} has the fields and the types of what such an event carries`, async () => {
    const { data } = await happened(type);
    expect(shapeOf(withoutContent(sampleOf(type)))).toEqual(shapeOf(withoutContent(data)));
  });

  it(`the sample of ${type} is what the resource's GET may answer, and no more`, () => {
    const [resource] = type.split(".") as [string];
    const schema = SCHEMAS[resource];
    if (schema) expect(schema.strict().parse(sampleOf(type))).toEqual(sampleOf(type));
    else expect(resource).toBe("usage");
  });
});

describe("the catalogue of events", () => {
  it.each(allEvents().map((event) => [event.type, event] as const))(
    "the catalogue of events declares who may hear of %s, and what that is like",
    (type, { scope, sample }) => {
      expect(type).toMatch(/^[a-z_]+\.[a-z_]+$/);
      expect([...SCOPES.filter((it) => it.endsWith(":read")), ...READ_BY_WRITERS]).toContain(scope);
      expect(Object.keys(sample as object)).not.toEqual([]);
    },
  );

  it("the catalogue of events has each event under the scope that reads what it is about", () => {
    const scopes = Object.fromEntries(allEvents().map(({ type, scope }) => [type.split(".")[0], scope]));
    expect(scopes).toEqual({
      site: "sites:read",
      page: "pages:read",
      stock: "ecommerce:read",
      form: "forms:read",
      ...Object.fromEntries(
        SITE_RESOURCES.filter(({ events }) => events.created).map(({ name, scopes }) => [name, scopes.read]),
      ),
      post: "posts:read",
      api_key: "api-keys:read",
      usage: "entitlements:read",
      workspace: "workspaces:read",
      webhook: "webhooks:read",
      delivery: "webhooks:read",
      member: "loyalty:read",
      redemption: "loyalty:read",
      reward: "loyalty:read",
      loyalty: "loyalty:read",
      push: "push:write",
    });
  });

  it("the catalogue of events has only what is pushed under a scope that writes", () => {
    const written = allEvents().filter(({ scope }) => !scope.endsWith(":read"));
    const nouns = [...new Set(written.map(({ type }) => type.split(".")[0]))];
    expect(nouns.sort()).toEqual(["campaign", "message", "push", "subscriber"]);
    expect(written.filter(({ scope }) => !READ_BY_WRITERS.includes(scope))).toEqual([]);
    expect(SCOPES).not.toContain("push:read");
  });

  it("the catalogue of events takes no type twice and emits none that is not in it", () => {
    expect(() => registerEvents(...EVENT_SETS, ...EVENT_SETS.slice(0, 1))).toThrow("declared twice");
    const { vanished } = defineEvents({
      noun: "page",
      scope: "pages:read",
      readAt: [],
      sample: { id: 1 },
      verbs: { vanished: {} },
    });
    const ctx = world.workspace.context();
    expect(() => ctx.unit.emit(vanished, { id: 2 })).toThrow("There is no event page.vanished");
    expect(() => eventOf("post.*")).toThrow("There is no event");
  });

  it("the catalogue of events does not compile without a read scope or a sample, nor with data of another shape", () => {
    const sample = { id: 1 };
    // @ts-expect-error a scope that writes
    const written = () => defineEvents({ noun: "form", scope: "pages:write", sample, verbs: { created: {} } });
    // @ts-expect-error no scope
    const open = () => defineEvents({ noun: "form", sample, verbs: { created: {} } });
    // @ts-expect-error no sample
    const unknown = () => defineEvents({ noun: "form", scope: "forms:read", readAt: [], verbs: { created: {} } });
    const { created } = defineEvents({ noun: "form", scope: "forms:read", readAt: [], sample, verbs: { created: {} } });
    // @ts-expect-error another shape than the sample's
    const other = () => world.workspace.context().unit.emit(created, { name: "Contact" });
    expect([written, open, unknown, other]).toHaveLength(4);
  });
});

describe("a workspace in which nothing has happened yet", () => {
  let fresh: World;
  let site: string;

  beforeAll(async () => {
    fresh = await makeWorld(clock);
    site = await fresh.site();
    await env.DB.prepare("DELETE FROM events WHERE workspace_id = ?").bind(fresh.workspace.id).run();
  });

  it.each(eventTypes())(
    "a workspace in which nothing has happened yet is shown the made-up %s on both surfaces",
    async (type) => {
      const platform = await fresh.platform.get(`/webhooks/samples/${type}`);
      expect([platform.status, platform.body.data]).toEqual([200, [sampleOf(type)]]);
      const content = await fresh.content.get(`/sites/${site}/webhooks/samples/${type}`);
      expect([content.status, content.body.data]).toEqual([200, [sampleOf(type)]]);
    },
  );

  it.each(["post.vanished", "post.*", "*", "webhook.test", "POST.CREATED", "post", "__proto__", "constructor"])(
    "a workspace in which nothing has happened yet has no samples of %s, which is no event",
    async (type) => {
      const path = `/webhooks/samples/${encodeURIComponent(type)}`;
      expect((await fresh.platform.get(path)).status).toBe(404);
      expect((await fresh.content.get(`/sites/${site}${path}`)).status).toBe(404);
    },
  );
});
