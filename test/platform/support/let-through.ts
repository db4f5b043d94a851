import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import type { Endpoint } from "../../../src/core/http/endpoint.ts";
import { mount } from "../../../src/core/http/mount.ts";
import type { Env } from "../../../src/env.ts";
import { SURFACES } from "../../../src/surfaces.ts";
import { type Answer, answerOf, type CallInit, requestOf } from "../../support/fixtures.ts";

/** The endpoint with everything that decides who is let through to it, and nothing behind that: 204. */
const withoutHandler = ({ body: _body, form: _form, ...endpoint }: Endpoint): Endpoint => ({
  ...endpoint,
  etag: false,
  needsIdempotencyKey: false,
  success: { status: 204, description: "Let through" },
  handle: async () => ({}),
});

const app = new Hono<{ Bindings: Env }>();
for (const { surface, endpoints } of SURFACES)
  app.route(surface.basePath, mount(surface, endpoints.map(withoutHandler)));

/** Calls the product's own pipeline, router and query and all, up to the handler: 204 where the call is let through. */
export async function knock(method: string, path: string, init: CallInit): Promise<Answer> {
  return answerOf(await app.fetch(requestOf(method, path, init), env, createExecutionContext()));
}
