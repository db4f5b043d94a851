import { DurableObject } from "cloudflare:workers";

interface FloorEnv {
  DB: D1Database;
  FLOOR_OBJECT: DurableObjectNamespace<FloorObject>;
}

/** What a Durable Object call costs by itself: it returns a small object and does nothing else. */
export class FloorObject extends DurableObject {
  calls = 0;
  async ask(): Promise<{ allowed: boolean; calls: number }> {
    this.calls += 1;
    return { allowed: true, calls: this.calls };
  }
}

const ETAG = '"floor"';

interface Kept {
  body: string;
  headers: Record<string, string>;
}

/** Answers of ours by name, which the floor sends as its own: `PUT /{route}/{name}`. */
const kept = new Map<string, Kept>();

async function keep(request: Request, name: string): Promise<Response> {
  const headers = { "Content-Type": request.headers.get("Content-Type") ?? "", ETag: ETAG };
  kept.set(name, { body: await request.text(), headers });
  return new Response();
}

function answer(request: Request, name: string): Response {
  const { body, headers } = kept.get(name) as Kept;
  const isKnown = request.headers.get("If-None-Match") === ETAG;
  return new Response(isKnown ? null : body, { status: isKnown ? 304 : 200, headers });
}

/** The answer from the runtime's cache, which compares ETags itself; the first request puts it there. */
async function cachedAnswer(request: Request, name: string): Promise<Response> {
  const found = await caches.default.match(request);
  if (found) return found;
  const { body, headers } = kept.get(name) as Kept;
  const cacheable = new Response(body, { headers: { ...headers, "Cache-Control": "public, max-age=3600" } });
  await caches.default.put(request.url, cacheable);
  return answer(request, name);
}

async function askKey(request: Request, env: FloorEnv): Promise<{ allowed: boolean; calls: number }> {
  const key = request.headers.get("X-Api-Key") ?? "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return env.FLOOR_OBJECT.getByName(hash).ask();
}

async function sendRow(env: FloorEnv, id: string): Promise<Response> {
  const row = await env.DB.prepare("SELECT body FROM rows WHERE id = ?").bind(id).first<{ body: string }>();
  return new Response(row?.body, { status: row ? 200 : 404, headers: { "Content-Type": "application/json" } });
}

async function sell(request: Request, env: FloorEnv, id: string): Promise<Response> {
  const order = await request.text();
  await env.DB.batch([
    env.DB.prepare("UPDATE goods SET stock = stock - 1 WHERE id = ?").bind(id),
    env.DB.prepare("INSERT INTO sales VALUES (?, ?)").bind(crypto.randomUUID(), order),
  ]);
  return new Response(order, { status: 201, headers: { "Content-Type": "application/json" } });
}

/**
 * The bare runtime: the least any API of this kind does. `/hash-rpc` hashes the key and asks that key's object;
 * `/hash-rpc-row/{id}` then reads one row by its primary key, and `/hash-rpc-kept/{name}` sends what it was given to keep.
 * For visitors, who have no key: `/rpc-kept/{name}` asks the object of their address, `/cached/{name}` only the cache;
 * `/rpc-row/{id}` then reads one row, `/rpc-sale/{id}` takes one of its stock and writes down a sale, in one batch.
 */
export default {
  async fetch(request, env) {
    const [, route, name = ""] = new URL(request.url).pathname.split("/");
    if (request.method === "PUT") return keep(request, name);
    if (route === "cached") return cachedAnswer(request, name);
    if (route === "rpc-kept") {
      await env.FLOOR_OBJECT.getByName(request.headers.get("CF-Connecting-IP") ?? "").ask();
      return answer(request, name);
    }
    if (route === "rpc-row" || route === "rpc-sale") {
      await env.FLOOR_OBJECT.getByName(request.headers.get("CF-Connecting-IP") ?? "").ask();
      return route === "rpc-row" ? sendRow(env, name) : sell(request, env, name);
    }
    const verdict = await askKey(request, env);
    if (route === "hash-rpc") return Response.json(verdict);
    if (route === "hash-rpc-kept") return answer(request, name);
    return sendRow(env, name);
  },
} satisfies ExportedHandler<FloorEnv>;
