/**
 * The entry point of `npm run dev`: the product as `index.ts` deploys it, and the seeding of demo data beside it.
 * Production never bundles this file, so it has no switch that could be left on.
 */
import { type DemoKeys, seedDemo } from "./dev/seed.ts";
import { DomainError } from "./core/errors.ts";
import type { Env } from "./env.ts";
import production from "./index.ts";
import { now } from "./core/clock.ts";

export * from "./index.ts";

interface DevEnv extends Env {
  /** Made anew at every start and known to the starting script only: no web page can ask for demo keys. */
  DEV_TOKEN: string;
}

async function seed(request: Request, env: DevEnv): Promise<Response> {
  if (request.method !== "POST" || request.headers.get("X-Dev-Token") !== env.DEV_TOKEN) {
    return new Response(null, { status: 404 });
  }
  const { keys } = await request.json<{ keys: Partial<DemoKeys> }>();
  try {
    return Response.json(await seedDemo(env, keys, now()));
  } catch (error) {
    console.error(error);
    // Without this the tools around would answer with a page of HTML. What a next attempt may get past says so.
    const wait = error instanceof DomainError ? error.details.retryAfterSeconds : undefined;
    if (wait === undefined) return new Response(String(error), { status: 500 });
    return new Response(String(error), { status: 503, headers: { "Retry-After": String(wait) } });
  }
}

export default {
  ...production,
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname === "/__dev/seed") return seed(request, env);
    return production.fetch(request, env, ctx);
  },
} satisfies ExportedHandler<DevEnv>;
