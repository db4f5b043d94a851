import { env } from "cloudflare:workers";
import { z } from "@hono/zod-openapi";
import { inject } from "vitest";
import { startJob } from "../../src/content/jobs/service/start.ts";
import { BOOKINGS } from "../../src/content/booking/bookings/resource.ts";
import { bookingToken } from "../../src/content/booking/visitors/link.ts";
import { reservationToken } from "../../src/content/reservation/visitors/link.ts";
import { uploadKey } from "../../src/content/archive/bucket.ts";
import { parameterOf } from "../../src/content/resource/parameter.ts";
import type { SiteResource } from "../../src/content/resource/resource.ts";
import { signLink } from "../../src/core/links.ts";
import { orderToken } from "../../src/content/shop/checkout/link.ts";
import { SITE_RESOURCES } from "../../src/content/resources.ts";
import { newId } from "../../src/core/ids.ts";
import { sampleId } from "../../src/core/events/sample.ts";
import { addUser } from "../../src/platform/users/service.ts";
import { call, makeWorkspace, type TestClock, type Workspace } from "../support/fixtures.ts";
import { makeOne } from "../support/resources.ts";
import { fileOf, makeForm, makeSubmission } from "../support/forms.ts";
import { DOT, formOf } from "../support/pictures.ts";
import { exampleBody, named, neededHeaders, OPERATIONS, type Operation, pathOf } from "../support/registry.ts";

/** A workspace seen from one environment, with one resource for every path parameter. */
export interface Tenant {
  workspace: Workspace;
  environment: "live" | "sandbox";
  /** A key that may do everything. */
  headers: Record<string, string>;
  ids: Record<string, string>;
}

type Make = (tenant: Tenant) => Promise<string>;

async function create(tenant: Tenant, path: string, body: unknown): Promise<string> {
  const made = await call("POST", path, { headers: tenant.headers, body });
  return String(made.body.data.id);
}

/** Appointments can be at any time. */
const ALWAYS = [
  {
    days: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    opens: "00:00",
    closes: "00:00",
  },
];

/** What the website of every tenant is like: two languages, and open at all times. */
export const OPEN_SITE = {
  locales: ["en", "de"],
  settings: {
    booking: { hours: ALWAYS },
    reservation: { services: [{ name: "Kitchen", weekdays: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "23:30" }] },
  },
};

/** How to make the resource a path parameter names. A new parameter needs an entry here, and one in `UNKNOWN_IDS`. */
const PARAM_FIXTURES: Record<string, Make> = {
  siteId: (tenant) => create(tenant, "/v1/sites", { name: "Blue Door Bakery", ...OPEN_SITE }),
  pageId: (tenant) => create(tenant, `/v1/sites/${tenant.ids.siteId}/pages`, { title: "Contact" }),
  trashId: async (tenant) => {
    const id = await create(tenant, `/v1/sites/${tenant.ids.siteId}/pages`, { title: "Deleted" });
    await call("DELETE", `/v1/sites/${tenant.ids.siteId}/pages/${id}`, { headers: tenant.headers });
    return id;
  },
  version: async () => "1",
  deploymentId: (tenant) => create(tenant, `/v1/sites/${tenant.ids.siteId}/publish`, {}),
  previewId: (tenant) => create(tenant, `/v1/sites/${tenant.ids.siteId}/preview`, {}),
  jobId: waitingJob,
  workspaceId: async (tenant) => String(tenant.workspace.id),
  keyId: (tenant) => create(tenant, "/api/v1/api-keys", { name: "Mobile App Key", scopes: ["posts:read"] }),
  workspaceJobId: async (tenant) => {
    const path = `/api/v1/workspaces/${tenant.workspace.id}/export`;
    return String((await call("POST", path, { headers: tenant.headers, body: {} })).body.data.job_id);
  },
  postId: (tenant) => create(tenant, "/api/v1/posts", { title: "Hello" }),
  trashedPostId: async (tenant) => {
    const id = await create(tenant, "/api/v1/posts", { title: "Deleted" });
    await call("DELETE", `/api/v1/posts/${id}`, { headers: tenant.headers });
    return id;
  },
  userId: async ({ workspace, environment }) => {
    const ctx = workspace.context(environment);
    const email = `${crypto.randomUUID()}@example.com`;
    const { id } = addUser({ ctx, input: { name: "Ada Baker", email, role: "member" } });
    await ctx.unit.commit();
    return String(id);
  },
  serverId: async () => "optimocms",
  blockType: async () => "HeroSection",
  uri: async ({ ids }) => `sites/${ids.siteId}/pages/${ids.pageId}`,
  webhookId: (tenant) => create(tenant, "/api/v1/webhooks", { url: receiver(), events: ["*"] }),
  deliveryId: async (tenant) => {
    await tellApartEvents();
    await create(tenant, "/api/v1/posts", { title: "To be delivered" });
    return latest(tenant, `/api/v1/webhooks/${tenant.ids.webhookId}/deliveries`);
  },
  replayId: (tenant) => create(tenant, `/api/v1/webhooks/${tenant.ids.webhookId}/replay`, REPLAY),
  hookId: (tenant) =>
    create(tenant, `/v1/sites/${tenant.ids.siteId}/webhooks`, { url: receiver(), events: ["page.*"] }),
  hookDeliveryId: async (tenant) => {
    await create(tenant, `/v1/sites/${tenant.ids.siteId}/pages`, { title: "To be delivered" });
    return latest(tenant, `${hookOf(tenant)}/deliveries`);
  },
  hookReplayId: (tenant) => create(tenant, `${hookOf(tenant)}/replay`, REPLAY),
  eventId: async (tenant) => {
    await create(tenant, "/api/v1/posts", { title: "Told of" });
    const feed = await call("GET", "/api/v1/events?type=post.created", { headers: tenant.headers });
    return String(feed.body.data.at(-1).id);
  },
  event: async () => "post.created",
  uploadId: (tenant) =>
    create(tenant, `/v1/sites/${tenant.ids.siteId}/media/upload-url`, exampleBody(named("createMediaUpload"))),
  ...Object.fromEntries(
    SITE_RESOURCES.map((resource) => [parameterOf(resource.name), (tenant: Tenant) => newItem(tenant, resource)]),
  ),
  paymentId: async (tenant) => {
    const order = `/v1/sites/${tenant.ids.siteId}/shop/orders/${tenant.ids.orderId}`;
    await call("PATCH", order, { headers: tenant.headers, body: { status: "paid" } });
    return latest(tenant, `${order}/payments`);
  },
  fileId: ({ ids }) => fileOf(ids.submissionId as string),
  // Browsers subscribe by themselves, at what is published.
  pushSubscriptionId: async ({ workspace, environment, ids }) => {
    const id = newId("psub", Date.UTC(2026, 0, 1));
    await env.DB.prepare(
      `INSERT INTO push_subscriptions (id, workspace_id, environment, site_id, version, created_at, updated_at, endpoint_hash,
        sealed, host, topics) VALUES (?, ?, ?, ?, 1, 0, 0, ?, '', 'push.example.com', '[]')`,
    )
      .bind(id, workspace.id, environment, ids.siteId, id)
      .run();
    return id;
  },
  messageId: (tenant) => create(tenant, `/v1/sites/${tenant.ids.siteId}/messages`, exampleBody(named("sendMessage"))),
  entryId: (tenant) => {
    const body = { memberId: tenant.ids.memberId, points: 10, description: "Bought in the shop" };
    return create(tenant, `/v1/sites/${tenant.ids.siteId}/loyalty/earn`, body);
  },
};

/** One of a resource; what keeps versions has been changed by hand since, so that its first one is kept. */
async function newItem(tenant: Tenant, resource: SiteResource): Promise<string> {
  const { siteId = "", formId = "" } = tenant.ids;
  if (resource.name === "form") return makeForm(siteId);
  if (resource.name === "submission") return makeSubmission(siteId, formId);
  const site = `/v1/sites/${siteId}`;
  const id = await makeOne((path, body) => create(tenant, site + path, body), resource, tenant.ids);
  // Its customer may get at it by the link of the order.
  if (resource.name === "review")
    await env.DB.prepare("UPDATE reviews SET order_id = ? WHERE id = ?").bind(tenant.ids.orderId, id).run();
  if (!resource.versioned) return id;
  const body = exampleBody(named(`update${resource.label}`));
  await call("PATCH", `${site}${resource.path}/${id}`, { headers: tenant.headers, body });
  return id;
}

/** A job of the site that nobody works on. */
async function waitingJob({ workspace, environment, ids }: Tenant): Promise<string> {
  const ctx = workspace.context(environment);
  const kind = { name: "ai_generate" as const, input: z.unknown() };
  const { jobId } = startJob(ctx, kind, { siteId: ids.siteId as string, input: {}, step: "Waiting" });
  await ctx.unit.commit();
  return jobId;
}

const REPLAY = { from: "2026-01-15T00:00:00Z", status: "missed" };
const hookOf = ({ ids }: Tenant): string => `/v1/sites/${ids.siteId}/webhooks/${ids.hookId}`;

/** Where the webhooks of these suites lead: the receiver of the tests, never another server. */
const receiver = (): string => `${inject("receiverUrl")}/ok/generated-suites`;

async function latest(tenant: Tenant, path: string): Promise<string> {
  const list = await call("GET", path, { headers: tenant.headers });
  return String(list.body.data[0].id);
}

/** A delivery is named by its event's number: from here on those are so long that no other number looks like them. */
async function tellApartEvents(): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO events (seq, id, workspace_id, environment, type, data, created_at)
      SELECT 7000000000000, 'evt_first', 0, 'live', 'post.created', '{}', 0
      WHERE NOT EXISTS (SELECT 1 FROM events WHERE seq >= 7000000000000)`,
  ).run();
}

/** What is the same for everybody. */
export const OF_NOBODY: readonly string[] = ["serverId", "event", "version", "blockType"];

/** What belongs to a workspace, not to one of its environments; its keys are managed with a live key, sandbox ones too. */
export const SEEN_FROM_SANDBOX: readonly string[] = ["workspaceId", "userId"];
export const SEEN_FROM_LIVE: readonly string[] = ["workspaceId", "userId", "keyId"];

/** Ids of the right form that nothing has. */
export const UNKNOWN_IDS: Record<string, string> = {
  siteId: "site_01KAGW6PSZ0000000000000000",
  pageId: "page_01KAGW6PSZ0000000000000000",
  trashId: "page_01KAGW6PSZ0000000000000000",
  version: "4503599627370",
  deploymentId: "dep_01KAGW6PSZ0000000000000000",
  previewId: "prv_01KAGW6PSZ0000000000000000",
  jobId: "job_01KAGW6PSZ0000000000000000",
  workspaceId: "4503599627370497",
  keyId: "4503599627370497",
  workspaceJobId: "job_01KAGW6PSZ0000000000000000",
  postId: "4503599627370497",
  trashedPostId: "4503599627370497",
  userId: "4503599627370497",
  serverId: "filesystem",
  blockType: "NoSuchSection",
  uri: "sites/site_01KAGW6PSZ0000000000000000/pages/page_01KAGW6PSZ0000000000000000",
  webhookId: "4503599627370497",
  deliveryId: "4503599627370497",
  replayId: "4503599627370497",
  hookId: "wh_4503599627370497",
  hookDeliveryId: "whd_4503599627370497",
  hookReplayId: "whr_4503599627370497",
  eventId: "evt_01KAGW6PSZ0000000000000000",
  event: "post.vanished",
  uploadId: sampleId("med"),
  entryId: sampleId("lent"),
  fileId: sampleId("ffil"),
  ...Object.fromEntries(SITE_RESOURCES.map(({ name, idPrefix }) => [parameterOf(name), sampleId(idPrefix)])),
};

const PARAMS = [...new Set(OPERATIONS.flatMap((it) => it.params))];

/** Fails with the name of what has to be added when an operation has a parameter nobody told how to make. */
export function requireParamFixtures(): void {
  for (const { title, params } of OPERATIONS) {
    const missing = params.find((name) => !PARAM_FIXTURES[name] || !UNKNOWN_IDS[name]);
    if (missing)
      throw new Error(`${title}: add {${missing}} to PARAM_FIXTURES and UNKNOWN_IDS in test/security/world.ts`);
  }
}

/** A new workspace with one of everything. Parameters are made in the order of the fixtures: sites before pages. */
export async function makeTenant(clock: TestClock, environment: "live" | "sandbox" = "live"): Promise<Tenant> {
  requireParamFixtures();
  return furnish(await makeWorkspace(clock), environment);
}

/** The same workspace from its other environment. */
export const otherEnvironment = (tenant: Tenant): Promise<Tenant> =>
  furnish(tenant.workspace, tenant.environment === "live" ? "sandbox" : "live");

async function furnish(workspace: Workspace, environment: "live" | "sandbox"): Promise<Tenant> {
  const { headers } = await workspace.key({ environment, accountAccess: true, accessType: "transactional" });
  const tenant: Tenant = { workspace, environment, headers, ids: {} };
  for (const [name, make] of Object.entries(PARAM_FIXTURES)) {
    if (PARAMS.includes(name)) tenant.ids[name] = await make(tenant);
  }
  tenant.ids.importUploadId = await importUpload(tenant);
  tenant.ids.calendarToken = await signLink(env, `booking-calendar:${tenant.ids.siteId}`, "1:whole");
  const { siteId = "", bookingId = "", reservationId = "" } = tenant.ids;
  tenant.ids.bookingToken = await bookingToken(env, { siteId, id: bookingId });
  tenant.ids.reservationToken = await reservationToken(env, { siteId, id: reservationId });
  tenant.ids.orderToken = await paidOrderToken(tenant);
  return tenant;
}

/** What opens the order, which is paid: its customer may review what was in it. */
async function paidOrderToken({ headers, ids }: Tenant): Promise<string> {
  const { siteId = "", orderId = "" } = ids;
  await call("PATCH", `/v1/sites/${siteId}/shop/orders/${orderId}`, { headers, body: { status: "paid" } });
  return orderToken(env, { siteId, id: orderId });
}

/** A file that waits to be imported into the site. */
async function importUpload({ workspace, environment, ids }: Tenant): Promise<string> {
  const id = sampleId("upl");
  await env.PUBLISHED.put(uploadKey({ workspaceId: workspace.id, environment }, `${ids.siteId}/${id}`), "<rss></rss>");
  return id;
}

/** The published example as the body of a call. What names an address is pointed at the tests' receiver, not at somebody's server. */
export function validBody(operation: Operation): unknown {
  if (operation.endpoint.form) return formOf(DOT);
  const example = exampleBody(operation);
  if (operation.endpoint.operationId === "importMedia") {
    return { ...(example as object), url: `${inject("receiverUrl")}/picture/generated-suites`, filename: "dot.png" };
  }
  const isAddressed = operation.endpoint.tag === "Webhooks" && Object.hasOwn(Object(example), "url");
  return isAddressed ? { ...(example as object), url: receiver() } : example;
}

/** A service and a time that a booking can be for. */
const someBooking = (ids: Record<string, string>, nth: number) =>
  BOOKINGS.create?.example?.(ids, nth) as Record<"serviceId" | "date" | "startTime", string>;

/** What else an operation cannot be called without. */
const COMPLETED: Record<string, (ids: Record<string, string>) => { query?: string; body?: object }> = {
  ...Object.fromEntries(
    SITE_RESOURCES.map(({ label, create }) => [
      `create${label}`,
      (ids: Record<string, string>) => ({ body: create?.example?.(ids, 0) ?? {} }),
    ]),
  ),
  earnPoints: ({ memberId }) => ({ body: { memberId } }),
  adjustPoints: ({ memberId }) => ({ body: { memberId } }),
  redeemReward: ({ memberId, rewardId }) => ({ body: { memberId, rewardId } }),
  importIntoSite: ({ importUploadId }) => ({ body: { uploadId: importUploadId } }),
  importWorkspace: ({ workspaceJobId }) => ({ body: { export_id: workspaceJobId } }),
  readBookingCalendar: ({ siteId, calendarToken }) => ({ query: `?site=${siteId}&view=whole&token=${calendarToken}` }),
  getAvailableSlots: ({ serviceId }) => ({ query: `?serviceId=${serviceId}&date=2026-11-24` }),
  getAvailableDays: ({ serviceId }) => ({ query: `?serviceId=${serviceId}&from=2026-11-24&to=2026-11-30` }),
  getAvailableTables: () => ({ query: "?date=2026-12-24" }),
  searchMedia: () => ({ query: "?q=loaf" }),
  priceCart: ({ siteId, productId }) => ({ query: `?site=${siteId}`, body: { items: [{ productId }] } }),
  placeOrder: ({ siteId, productId }) => ({ query: `?site=${siteId}`, body: { items: [{ productId }] } }),
  getCustomerOrder: () => ({ query: "?token=x" }),
  cancelCustomerOrder: () => ({ query: "?token=x" }),
  writeReview: ({ productId, orderToken }) => ({ query: `?token=${orderToken}`, body: { productId } }),
  getCustomerReview: ({ orderToken }) => ({ query: `?token=${orderToken}` }),
  editCustomerReview: ({ orderToken }) => ({ query: `?token=${orderToken}` }),
  listShownServices: ({ siteId }) => ({ query: `?site=${siteId}` }),
  listShownSlots: ({ siteId, serviceId }) => ({ query: `?site=${siteId}&serviceId=${serviceId}&date=2026-12-24` }),
  bookForVisitor: (ids) => ({ query: `?site=${ids.siteId}`, body: someBooking(ids, 10) }),
  getCustomerBooking: () => ({ query: "?token=x" }),
  cancelCustomerBooking: () => ({ query: "?token=x" }),
  rescheduleCustomerBooking: ({ bookingToken, ...ids }) => {
    const { date, startTime } = someBooking(ids, 11);
    return { query: `?token=${bookingToken}`, body: { date, startTime } };
  },
  confirmCustomerBooking: () => ({ query: "?token=x&confirm=x" }),
  listShownTables: ({ siteId }) => ({ query: `?site=${siteId}&date=2026-12-24` }),
  reserveForVisitor: ({ siteId }) => ({ query: `?site=${siteId}` }),
  getCustomerReservation: () => ({ query: "?token=x" }),
  cancelCustomerReservation: () => ({ query: "?token=x" }),
  rescheduleCustomerReservation: ({ reservationToken }) => ({ query: `?token=${reservationToken}` }),
  confirmCustomerReservation: () => ({ query: "?token=x&confirm=x" }),
  getPushKey: ({ siteId }) => ({ query: `?site=${siteId}` }),
  subscribeToPush: ({ siteId }) => ({ query: `?site=${siteId}` }),
  unsubscribeFromPush: ({ siteId }) => ({ query: `?site=${siteId}` }),
  putUpload: () => ({ query: "?token=x" }),
  quoteOrder: ({ productId }) => ({ body: { items: [{ productId }] } }),
  translatePage: ({ pageId }) => ({ body: { pageId } }),
  listItems: ({ siteId }) => ({ query: `?table=pages&site=${siteId}` }),
  createItem: ({ siteId }) => ({ query: `?table=pages&site=${siteId}` }),
  updateItem: ({ siteId, pageId }) => ({ query: `?table=pages&site=${siteId}&id=${pageId}` }),
  deleteItem: ({ siteId, pageId }) => ({ query: `?table=pages&site=${siteId}&id=${pageId}` }),
};

/** A valid call of an operation, but for its key: ids filled in, the published example as its body. */
export function validCall(operation: Operation, ids: Record<string, string>) {
  const { query = "", body } = COMPLETED[operation.endpoint.operationId]?.(ids) ?? {};
  const example = validBody(operation);
  return {
    method: operation.method,
    path: pathOf(operation, ids) + query,
    body: body ? { ...(example as object), ...body } : example,
    headers: neededHeaders(operation),
  };
}

let address = 0;
/** A client address nobody has called from: the buckets of addresses are full. */
export function freshAddress(): string {
  address += 1;
  return `203.0.${113 + Math.floor(address / 250)}.${1 + (address % 250)}`;
}

interface Others {
  allowed: Record<string, string>;
  foreign: Tenant;
}

const made = new WeakMap<Tenant, Promise<Others>>();
/** A second site of the tenant's workspace with all that belongs to it, and a tenant of another workspace; made once for each. */
export function otherTenants(clock: TestClock, tenant: Tenant): Promise<Others> {
  const known = made.get(tenant);
  if (known) return known;
  const others = (async () => ({
    allowed: (await furnish(tenant.workspace, tenant.environment)).ids,
    foreign: await makeTenant(clock),
  }))();
  made.set(tenant, others);
  return others;
}
