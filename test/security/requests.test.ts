import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SURFACES } from "../../src/surfaces.ts";
import { isWrite } from "../../src/core/http/endpoint.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { exampleBody, OPERATIONS, type Operation, pathOf } from "../support/registry.ts";
import { expectError } from "./wire.ts";
import { freshAddress, makeTenant, type Tenant, UNKNOWN_IDS, validBody, validCall } from "./world.ts";

const clock = new TestClock();
const MEGABYTE = 1_000_000;
let tenant: Tenant;

beforeAll(async () => {
  tenant = await makeTenant(clock);
});

beforeEach(() => clock.advance(1_000));

/** From an address of its own: operations without a key are counted by that. */
const send = (operation: Operation, body: unknown, headers: Record<string, string> = {}, ids = tenant.ids) =>
  call(operation.method, pathOf(operation, ids), {
    body,
    headers: { "CF-Connecting-IP": freshAddress(), ...tenant.headers, ...headers },
  });

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bytes without a length announced, as a client sends them that does not know it. */
function streamed(total: number): ReadableStream {
  let left = total;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      controller.enqueue(new Uint8Array(Math.min(left, 65_536)).fill(32));
      left -= 65_536;
    },
  });
}

describe.each(OPERATIONS.filter(({ endpoint }) => endpoint.body))("$title", (operation) => {
  const surface = operation.surface.name;

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", "*/*"])(
    `${operation.title} answers 415 to a body sent as %s`,
    async (type) => {
      if (type === "text/plain" && operation.endpoint.beacon) return;
      const body = bytes(JSON.stringify(exampleBody(operation)));
      expectError(surface, await send(operation, body, { "Content-Type": type }), "unsupported_media_type");
    },
  );

  it(`${operation.title} answers 400 to what is not JSON`, async () => {
    for (const text of ["{", '{"a":1,}', "{'a':1}", "a=1", "NaN", '{"a":1}{"b":2}', "\ufeff{"]) {
      const answer = await send(operation, bytes(text), { "Content-Type": "application/json" });
      expectError(surface, answer, "bad_request");
    }
  });

  it(`${operation.title} answers 400 to bytes that are not UTF-8`, async () => {
    const body = new Uint8Array([0x22, 0xc3, 0x28, 0x22]);
    expectError(surface, await send(operation, body, { "Content-Type": "application/json" }), "bad_request");
  });

  it(`${operation.title} names the body when it is JSON but no object`, async () => {
    for (const text of ["null", "[]", '"text"', "7", "true"]) {
      const answer = await send(operation, bytes(text), { "Content-Type": "application/json; charset=utf-8" });
      expectError(surface, answer, "validation_failed");
    }
  });
});

describe.each(OPERATIONS.filter(({ endpoint }) => isWrite(endpoint) && endpoint.scope !== "public"))(
  "$title",
  (operation) => {
    const surface = operation.surface.name;

    it(`${operation.title} answers 413 to a body larger than 1 MB whose length is announced`, async () => {
      const body = new Uint8Array(MEGABYTE + 1).fill(32);
      expectError(surface, await send(operation, body, { "Content-Type": "application/json" }), "payload_too_large");
    });

    it(`${operation.title} answers 413 to a body larger than 1 MB that just keeps coming`, async () => {
      const body = streamed(10 * MEGABYTE);
      expectError(surface, await send(operation, body, { "Content-Type": "application/json" }), "payload_too_large");
    });

    it(`${operation.title} names an Idempotency-Key that is empty or too long, whatever else is asked`, async () => {
      for (const key of ["", '""', "k".repeat(256)]) {
        const answer = await send(operation, exampleBody(operation), { "Idempotency-Key": key }, UNKNOWN_IDS);
        expectError(surface, answer, "validation_failed");
        expect(answer.text).toContain("Idempotency-Key");
      }
    });

    it(`${operation.title} does not look at the Idempotency-Key of a caller without a key`, async () => {
      const answer = await call(operation.method, pathOf(operation, UNKNOWN_IDS), {
        headers: { "Idempotency-Key": "" },
        body: exampleBody(operation),
      });
      expectError(surface, answer, "unauthorized");
    });
  },
);

describe.each(OPERATIONS.filter(({ method }) => method === "GET"))("$title", (operation) => {
  it(`${operation.title} answers HEAD like GET, without the body`, async () => {
    const path = pathOf(operation, tenant.ids);
    const get = await call("GET", path, { headers: tenant.headers });
    const head = await call("HEAD", path, { headers: tenant.headers });
    expect(head.status).toBe(get.status);
    expect(head.headers.get("Content-Type")).toBe(get.headers.get("Content-Type"));
    expect(head.headers.get("ETag")).toBe(get.headers.get("ETag"));
  });
});

describe.each(OPERATIONS)("$title", (operation) => {
  const surface = operation.surface.name;
  const ids = operation.endpoint.success.list ? "tenant" : "unknown";

  it(`${operation.title} names a query parameter it does not know, and one given twice`, async () => {
    const path = pathOf(operation, ids === "tenant" ? tenant.ids : UNKNOWN_IDS);
    for (const query of ["?nonsense=1", "?__proto__=1", "?constructor=1", "?limit=1&limit=2", "?toString=%00"]) {
      // Who has no key is counted by his address.
      const headers = { ...tenant.headers, "CF-Connecting-IP": freshAddress() };
      const answer = await call(operation.method, path + query, { headers, body: validBody(operation) });
      expectError(surface, answer, "validation_failed");
      expect(answer.text).toContain(/\w+/.exec(query.slice(1))?.[0]);
    }
  });
});

const shapeOf = ({ endpoint }: Operation): object => (endpoint.query as { shape?: object } | undefined)?.shape ?? {};

describe.each(OPERATIONS.filter((operation) => "search" in shapeOf(operation)))("$title", (operation) => {
  it(`${operation.title} searches for longer texts than the database takes as a pattern`, async () => {
    const { path } = validCall(operation, tenant.ids);
    const search = `${path.includes("?") ? "&" : "?"}search=${"x".repeat(100)}`;
    expect((await call("GET", path + search, { headers: tenant.headers })).status).toBe(200);
  });
});

const PATHS = [...Map.groupBy(OPERATIONS, ({ route }) => route).values()].map(
  (group) => group as [Operation, ...Operation[]],
);

describe.each(PATHS.map((group) => ({ route: group[0].route, group })))("$route", ({ route, group }) => {
  it(`${route} answers 405 with Allow to other methods, and lists its methods to OPTIONS`, async () => {
    const offered = group.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
    const path = pathOf(group[0], UNKNOWN_IDS);
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"]) {
      if (offered.includes(method)) continue;
      const answer = await call(method, path, { headers: tenant.headers });
      expect(answer.status).toBe(405);
      if (method !== "HEAD") expectError(group[0].surface.name, answer, "method_not_allowed");
      expect(answer.headers.get("Allow")?.split(", ").sort()).toEqual([...offered, "OPTIONS"].sort());
    }
    const options = await call("OPTIONS", path);
    expect(options.status).toBe(204);
    expect(options.headers.get("Allow")?.split(", ").sort()).toEqual([...offered, "OPTIONS"].sort());
  });
});

describe.each(SURFACES.map(({ surface }) => surface))("$basePath", ({ name, basePath }) => {
  it.each(["", "/", "/nonsense", "/sites/", "//sites", "/sites/a/b/c/d/e", "/%00", "/%ff", "/index.html"])(
    `${basePath} answers its own JSON 404 to %s`,
    async (rest) => {
      for (const method of ["GET", "POST", "DELETE"]) {
        expectError(name, await call(method, basePath + rest, { headers: tenant.headers }), "not_found");
      }
    },
  );
});

it("outside the surfaces, too, the answer is JSON 404 with a request id", async () => {
  for (const path of ["/", "/v2/sites", "/v1x", "/apis", "/.env", "/wp-login.php"]) {
    const answer = await call("GET", path);
    expect(answer.status).toBe(404);
    expect(answer.body.error).toBe("not_found");
    expect(answer.headers.get("X-Request-ID")).toMatch(/^req_/);
  }
});
