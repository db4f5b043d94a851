import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Env } from "../../src/env.ts";
import { callWith } from "../support/counting.ts";
import { type Answer, call, TestClock } from "../support/fixtures.ts";
import { OPERATIONS } from "../support/registry.ts";
import { expectError } from "../security/wire.ts";
import { makeTenant, type Tenant, validCall } from "../security/world.ts";

const clock = new TestClock();
const SECRET = "in secret_internal_name";
let tenant: Tenant;

beforeAll(async () => {
  tenant = await makeTenant(clock);
});

beforeEach(() => clock.advance(10 * 60_000));

/** An environment whose database throws instead of answering. */
function brokenDatabase(error: () => Error): Partial<Env> {
  const fail = () => {
    throw error();
  };
  return { DB: { prepare: fail, batch: fail, exec: fail } as unknown as D1Database, LOG_LEVEL: "silent" };
}

/** An environment whose Durable Objects cannot be reached. */
function unreachableObjects(): Partial<Env> {
  const stub = new Proxy({}, { get: () => () => Promise.reject(new Error(`Network lost: ${SECRET}`)) });
  const KEY_OBJECT = { getByName: () => stub } as unknown as Env["KEY_OBJECT"];
  return { KEY_OBJECT, LOG_LEVEL: "silent" };
}

const defect = () => new TypeError(SECRET);
const outage = () => new Error(`D1_ERROR: Network connection lost. ${SECRET}`);

/** A report on what is down is an answer; some operations need no database. */
const isError = ({ status, body }: Answer): boolean => status >= 500 && body.data === undefined;

describe.each(OPERATIONS.filter(({ endpoint }) => endpoint.scope !== "public"))("$title", (operation) => {
  const { name } = operation.surface;
  const attempt = (own: Partial<Env>) => {
    const { method, path, body, headers } = validCall(operation, tenant.ids);
    return callWith(own, method, path, { headers: { ...headers, ...tenant.headers }, body });
  };

  it(`${operation.title} answers a defect with 500, if at all, and with nothing of what went wrong`, async () => {
    const answer = await attempt(brokenDatabase(defect));
    if (isError(answer)) expectError(name, answer, "internal");
    expect(answer.text).not.toContain("secret_internal_name");
    expect(answer.text).not.toContain("TypeError");
  });

  it(`${operation.title} answers an outage of the database with 503 and Retry-After`, async () => {
    const answer = await attempt(brokenDatabase(outage));
    if (isError(answer)) {
      expectError(name, answer, "unavailable");
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
    }
    expect(answer.text).not.toContain("secret_internal_name");
  });

  it(`${operation.title} lets nobody in while the key's object cannot be reached`, async () => {
    const answer = await attempt(unreachableObjects());
    expectError(name, answer, "unavailable");
    expect(answer.headers.get("Retry-After")).toBe("2");
    expect(answer.text).not.toContain("secret_internal_name");
  });
});

it("a page cannot be read while the database is out, and can be when it is back", async () => {
  const path = `/v1/sites/${tenant.ids.siteId}/pages/${tenant.ids.pageId}`;
  const { headers } = tenant;
  expect((await callWith(brokenDatabase(defect), "GET", path, { headers })).status).toBe(500);
  expect((await callWith(brokenDatabase(outage), "GET", path, { headers })).status).toBe(503);
  expect((await call("GET", path, { headers })).status).toBe(200);
});

describe("the log", () => {
  const lines: string[] = [];
  const { log, error } = console;

  beforeEach(() => {
    lines.length = 0;
    console.log = (line: string) => lines.push(line);
    console.error = (line: string) => lines.push(line);
  });

  afterEach(() => {
    Object.assign(console, { log, error });
  });

  const key = () => tenant.headers["X-Api-Key"] as string;
  const logged = async (own: Partial<Env>, path: string, headers: Record<string, string>, method = "GET") => {
    const answer = await callWith({ LOG_LEVEL: "info", ...own }, method, path, { headers });
    return { answer, entries: lines.map((line) => JSON.parse(line)) };
  };

  it("the log has one line for each request, with its id, the key's id, the route and the status", async () => {
    const path = `/v1/sites/${tenant.ids.siteId}`;
    const { answer, entries } = await logged({}, path, tenant.headers);
    expect(entries).toEqual([
      {
        level: "info",
        message: "request",
        requestId: answer.headers.get("X-Request-ID"),
        keyId: expect.any(Number),
        workspaceId: tenant.workspace.id,
        method: "GET",
        route: "/v1/sites/{siteId}",
        status: 200,
        durationMs: 0,
      },
    ]);
  });

  it("the log tells the cause of a defect under the same request id", async () => {
    const { answer, entries } = await logged(
      { ...brokenDatabase(defect), LOG_LEVEL: "error" },
      "/v1/sites",
      tenant.headers,
    );
    const requestId = answer.headers.get("X-Request-ID");
    expect(entries).toEqual([
      { level: "error", message: "failure", requestId, detail: `TypeError: ${SECRET}` },
      expect.objectContaining({ level: "error", message: "request", requestId, status: 500 }),
    ]);
  });

  it("the log never holds a key, wherever in the request it stands", async () => {
    const value = key();
    const placements: [string, Record<string, string>][] = [
      ["/v1/sites", { "X-Api-Key": value }],
      ["/v1/sites", { Authorization: `Bearer ${value}` }],
      [`/v1/sites?api_key=${value}`, {}],
      [`/v1/sites/${value}`, tenant.headers],
      [`/v1/${value}`, tenant.headers],
      [`/v1/sites?search=${value}`, tenant.headers],
      ["/v1/sites", { "X-Api-Key": `${value}x` }],
      ["/v1/sites", { "X-Api-Key": value, Authorization: "Bearer other" }],
    ];
    for (const [path, headers] of placements) {
      await logged({}, path, headers);
      await logged({ ...brokenDatabase(defect), LOG_LEVEL: "info" }, path, headers);
      await logged({ ...unreachableObjects(), LOG_LEVEL: "info" }, path, headers);
    }
    expect(lines.length).toBeGreaterThan(placements.length);
    expect(lines.join("\n")).not.toContain(value.slice(-36));
  });
});
