import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { generateKey } from "../../src/core/keys/key-format.ts";
import { revokeKey } from "../../src/platform/api-keys/service/revoke.ts";
import { call, START, TestClock } from "../support/fixtures.ts";
import { OPERATIONS } from "../support/registry.ts";
import { expectError, reasonOf } from "./wire.ts";
import { freshAddress, makeTenant, requireParamFixtures, type Tenant, UNKNOWN_IDS, validCall } from "./world.ts";

const clock = new TestClock();
const HOUR = 3_600_000;
let tenant: Tenant;
let another: string;
let expired: string;
let inactive: string;
let revoked: string;

beforeAll(async () => {
  tenant = await makeTenant(clock);
  const { workspace } = tenant;
  another = (await workspace.key()).key;
  expired = (await workspace.key({ expiresAt: START + HOUR })).key;
  inactive = (await workspace.key({ isActive: false })).key;
  const gone = await workspace.key();
  const ctx = workspace.context();
  await revokeKey({ ctx, input: { keyId: gone.id } });
  await ctx.unit.commit();
  revoked = gone.key;
  clock.advance(2 * HOUR);
});

beforeEach(() => clock.advance(1_000));

describe("the registry", () => {
  it(
    "the registry has a fixture for every path parameter, so that a new route is covered by these suites",
    requireParamFixtures,
  );
});

describe.each(OPERATIONS.filter(({ endpoint }) => endpoint.scope !== "public"))("$title", (operation) => {
  const surface = operation.surface.name;
  const attempt = (headers: Record<string, string>, query = "") => {
    const { method, path, body } = validCall(operation, UNKNOWN_IDS);
    return call(method, path + query, { body, headers: { "CF-Connecting-IP": freshAddress(), ...headers } });
  };

  it(`${operation.title} answers 401 without a key`, async () => {
    const answer = await attempt({});
    expectError(surface, answer, "unauthorized");
    // Document 002 publishes its message word for word; the other surfaces say where the key belongs.
    if (surface === "platform") expect(answer.body.message).toBe("Invalid or missing API key.");
    else expect(answer.text).toContain("X-Api-Key");
  });

  it.each([
    ["junk", "not-a-key"],
    ["empty", ""],
    ["a key with a wrong checksum", `optimo_live_${"a".repeat(36)}`],
    ["the example of the documents", "optimo_live_abc123def456"],
    ["10,000 characters", "x".repeat(10_000)],
    ["a quotation mark", "' OR 1=1 --"],
  ])(`${operation.title} answers 401 to a malformed key: %s`, async (_, key) => {
    expectError(surface, await attempt({ "X-Api-Key": key }), "unauthorized");
  });

  it(`${operation.title} answers 401 to a key that never existed, and to a revoked key in the same words`, async () => {
    const unknown = await attempt({ "X-Api-Key": generateKey("optimo", "live") });
    expectError(surface, unknown, "unauthorized");
    const withdrawn = await attempt({ "X-Api-Key": revoked });
    expectError(surface, withdrawn, "unauthorized");
    expect(reasonOf(withdrawn)).toBe(reasonOf(unknown));
    expect(withdrawn.body.error.message ?? withdrawn.body.message).toBe(
      unknown.body.error.message ?? unknown.body.message,
    );
  });

  it(`${operation.title} never reads a key from the query string, and says to use the header`, async () => {
    const key = tenant.headers["X-Api-Key"] as string;
    for (const name of ["api_key", "apiKey", "key", "access_token"]) {
      const answer = await attempt({}, `?${name}=${key}`);
      expectError(surface, answer, "unauthorized");
      expect(answer.text).toContain("X-Api-Key header");
      expect(answer.text).not.toContain(key);
    }
  });

  it(`${operation.title} answers 401 to two different keys in one request, and takes the same one twice`, async () => {
    const key = tenant.headers["X-Api-Key"] as string;
    expectError(surface, await attempt({ "X-Api-Key": key, Authorization: `Bearer ${another}` }), "unauthorized");
    const same = await attempt({ "X-Api-Key": key, Authorization: `Bearer ${key}` });
    expect([401, 403]).not.toContain(same.status);
  });

  it(`${operation.title} tells an expired key from others`, async () => {
    const answer = await attempt({ "X-Api-Key": expired });
    expectError(surface, answer, "unauthorized", "api_key_expired");
    if (surface === "content") expect(reasonOf(answer)).toBe("api_key_expired");
  });

  it(`${operation.title} answers 401 to a deactivated key`, async () => {
    expectError(surface, await attempt({ "X-Api-Key": inactive }), "unauthorized");
  });

  it(`${operation.title} takes the key as Authorization: Bearer too`, async () => {
    const key = tenant.headers["X-Api-Key"] as string;
    for (const scheme of ["Bearer", "bearer"]) {
      expect([401, 403]).not.toContain((await attempt({ Authorization: `${scheme} ${key}` })).status);
    }
    expectError(surface, await attempt({ Authorization: `Basic ${btoa(`${key}:`)}` }), "unauthorized");
  });
});

describe.each(OPERATIONS.filter(({ endpoint }) => endpoint.scope === "public"))("$title", (operation) => {
  it(`${operation.title} answers without a key, and to any key`, async () => {
    const { method, path, body } = validCall(operation, tenant.ids);
    for (const headers of [{}, { "X-Api-Key": "not-a-key" }, { "X-Api-Key": expired }] as Record<string, string>[]) {
      const answer = await call(method, path, { body, headers: { ...headers, "CF-Connecting-IP": freshAddress() } });
      expect([401, 403]).not.toContain(answer.status);
    }
  });
});
