import { beforeEach, describe, expect, it } from "vitest";
import { generateSecret } from "../../src/webhooks/secret.ts";
import { type Answer, TestClock } from "../support/fixtures.ts";
import { named } from "../support/registry.ts";
import { target } from "../webhooks/support/receiver.ts";
import { type Hook, makeWorld, type World } from "../webhooks/support/world.ts";
import { anId, aText, aTime, onePage } from "./support/shapes.ts";

/** Every webhook example of document 002 as it is written; ids, host, key and the elided secret are replaced. */
const clock = new TestClock();
const SECRET = generateSecret();
const URL = "https://your-app.com/webhooks";
const EVENTS = ["post.created", "post.updated", "post.deleted"];
let world: World;

beforeEach(async () => {
  world = await makeWorld(clock);
});

const get = (path: string): Promise<Answer> => world.platform.get(path);
const post = (path: string, body?: unknown): Promise<Answer> => world.platform.post(path, body);

describe("document 002's webhook endpoints", () => {
  const create = async (): Promise<number> =>
    (await world.platform.create("/webhooks", { url: URL, events: EVENTS })).id;

  it("document 002: Create Webhook Endpoint works as written, and shows the secret this once", async () => {
    const made = await post("/webhooks", { url: URL, events: EVENTS, secret: SECRET });
    expect([made.status, made.body.message]).toEqual([201, "Webhook endpoint created successfully."]);
    const shown = { id: anId, url: URL, events: EVENTS, secret: SECRET, is_active: true, created_at: aTime };
    expect(made.body.data).toMatchObject(shown);
    const { id } = made.body.data;
    for (const path of ["/webhooks", `/webhooks/${id}`, "/audit-log?per_page=100", "/events?limit=100"]) {
      const later = await get(path);
      expect(later.status).toBe(200);
      expect(later.text).not.toContain(SECRET);
      expect(later.text).not.toMatch(/"(previous_)?secret":/);
    }
  });

  it("document 002: Create Webhook Endpoint generates the secret when none is provided", async () => {
    const made = await post("/webhooks", { url: URL, events: EVENTS });
    expect(made.body.data.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await world.platform.delete(`/webhooks/${made.body.data.id}`)).status).toBe(204);
  });

  it.each([
    [{ events: EVENTS }, { url: ["The url field is required."] }],
    [{ url: URL }, { events: ["The events field is required."] }],
    [{ url: "http://your-app.com/webhooks", events: EVENTS }, { url: [expect.stringContaining("https")] }],
    [{ url: URL, events: ["post.exploded"] }, { "events.0": [expect.stringContaining("use *, ")] }],
    [{ url: URL, events: EVENTS, secret: "whsec_abc123def456..." }, { secret: [expect.stringContaining("whsec_")] }],
  ])("document 002: Create Webhook Endpoint refuses %j by naming the field", async (body, errors) => {
    const refused = await post("/webhooks", body);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      error: "validation_failed",
      message: "The given data was invalid.",
      errors,
    });
  });

  const SHOWN = {
    id: anId,
    url: URL,
    events: EVENTS,
    is_active: true,
    success_count: 0,
    failure_count: 0,
    last_delivery_at: null,
    created_at: aTime,
  };

  it("document 002: List Webhook Endpoints works as written", async () => {
    await create();
    const list = await get("/webhooks");
    expect(list.status).toBe(200);
    expect(list.body).toMatchObject({ data: [SHOWN], ...onePage(1) });
  });

  it("document 002: Get Webhook Endpoint works as written", async () => {
    const id = await create();
    const one = await get(`/webhooks/${id}`);
    expect(one.status).toBe(200);
    expect(one.body).toMatchObject({ data: { ...SHOWN, id, consecutive_failures: 0 } });
  });

  it("document 002: Update Webhook Endpoint works as written", async () => {
    const id = await create();
    const changes = { url: "https://new-url.com/webhooks", events: ["post.*"], is_active: true };
    const changed = await world.platform.patch(`/webhooks/${id}`, changes);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ message: aText, data: { ...SHOWN, id, ...changes } });
  });

  it("document 002: Delete Webhook Endpoint works as written", async () => {
    const id = await create();
    const gone = await world.platform.delete(`/webhooks/${id}`);
    expect([gone.status, gone.text]).toEqual([204, ""]);
    expect((await get(`/webhooks/${id}`)).status).toBe(404);
  });

  it("document 002: Test Webhook Endpoint reports what the endpoint answered", async () => {
    const hook = await world.hook();
    const report = await post(`/webhooks/${hook.id}/test`);
    expect(report.status).toBe(200);
    expect(report.body).toEqual({
      success: true,
      status_code: 200,
      response_time_ms: expect.any(Number),
      response_body: aText,
    });
    expect(JSON.parse(report.body.response_body)).toEqual({ received: true });
  });

  it.each([
    ["status/500", 500],
    ["reset", null],
  ])("document 002: Test Webhook Endpoint reports a failure in words (%s)", async (to, status_code) => {
    const hook = await world.hook({ to });
    const report = await post(`/webhooks/${hook.id}/test`);
    expect(report.status).toBe(200);
    const failure = { success: false, status_code, error: aText, response_time_ms: expect.any(Number) };
    expect(report.body).toMatchObject(failure);
  });
});

describe("document 002's webhook deliveries", () => {
  let hook: Hook;
  let delivered: { id: number };
  let retrying: { id: number };
  const path = (rest = "") => `/webhooks/${hook.id}/deliveries${rest}`;

  beforeEach(async () => {
    hook = await world.hook({ events: EVENTS });
    const made = await world.post();
    await world.deliverDue();
    await world.platform.patch(`/webhooks/${hook.id}`, { url: target("status/500") });
    await world.platform.patch(`/posts/${made.id}`, { title: "Changed" });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await world.deliverDue();
      clock.advance(10_000);
    }
    [delivered, retrying] = (await get(path("?sort=created_at"))).body.data;
  });

  it("document 002: List Webhook Deliveries works as written", async () => {
    const list = await get(path("?sort=created_at"));
    expect(list.status).toBe(200);
    const anEvent = expect.stringMatching(/^evt_[0-9A-Z]{26}$/);
    const success = { event_type: "post.created", status: "success", response_code: 200, attempt: 1 };
    const failure = { event_type: "post.updated", status: "retrying", response_code: 500, attempt: 2 };
    expect(list.body).toMatchObject({
      data: [
        { id: anId, event_id: anEvent, ...success, delivered_at: aTime, next_retry_at: null, created_at: aTime },
        { id: anId, event_id: anEvent, ...failure, delivered_at: null, next_retry_at: aTime, created_at: aTime },
      ],
      ...onePage(2),
    });
  });

  it("document 002: List Webhook Deliveries filters by each status there is, and names them for any other", async () => {
    for (const status of ["pending", "success", "failed", "retrying"]) {
      const { body } = await get(path(`?status=${status}`));
      const expected = { success: [delivered], retrying: [retrying] }[status] ?? [];
      expect(body).toMatchObject({ data: expected, ...onePage(expected.length) });
    }
    const unknown = await get(path("?status=lost"));
    expect([unknown.status, unknown.body.errors.status]).toEqual([
      422,
      ["must be one of pending, success, failed, retrying"],
    ]);
  });

  it("document 002: List Webhook Deliveries takes page and per_page, newest first", async () => {
    const second = await get(path("?page=2&per_page=1"));
    expect(second.body.data).toEqual([delivered]);
    expect(second.body.meta).toEqual({ current_page: 2, from: 2, last_page: 2, per_page: 1, to: 2, total: 2 });
  });

  it("document 002: Retry Webhook Delivery works as written: pending, and the number of the attempt to come", async () => {
    const retried = await post(path(`/${retrying.id}/retry`));
    expect(retried.status).toBe(200);
    expect(retried.body).toEqual({
      message: "Delivery queued for retry.",
      data: { id: retrying.id, status: "pending", attempt: 3 },
    });
    await world.deliverDue();
    expect(await world.delivery(hook.id, retrying.id)).toMatchObject({ status: "retrying", attempt: 3 });
  });

  it("document 002: Retry Webhook Delivery answers 400 cannot_retry to a delivery that succeeded", async () => {
    const refused = await post(path(`/${delivered.id}/retry`));
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ error: "cannot_retry", message: "The delivery already succeeded." });
  });
});

it.each([
  ["listWebhooks", "webhooks:read"],
  ["getWebhook", "webhooks:read"],
  ["createWebhook", "webhooks:write"],
  ["updateWebhook", "webhooks:write"],
  ["deleteWebhook", "webhooks:delete"],
  ["testWebhook", "webhooks:write"],
  ["listWebhookDeliveries", "webhooks:read"],
  ["retryWebhookDelivery", "webhooks:write"],
])("document 002's scope of %s is %s", (operationId, scope) => {
  expect(named(operationId).endpoint.scope).toBe(scope);
});
