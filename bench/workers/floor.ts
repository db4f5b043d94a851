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

async function hashed(request: Request): Promise<string> {
  const key = request.headers.get("X-Api-Key") ?? "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The bare runtime: the least any API of this kind does. `/hash-rpc` hashes the key and asks that key's object;
 * `/hash-rpc-row/{id}` then reads one row by its primary key.
 */
export default {
  async fetch(request, env) {
    const hash = await hashed(request);
    const verdict = await env.FLOOR_OBJECT.getByName(hash).ask();
    const [, route, id] = new URL(request.url).pathname.split("/");
    if (route === "hash-rpc") return Response.json(verdict);
    const row = await env.DB.prepare("SELECT body FROM rows WHERE id = ?").bind(id).first<{ body: string }>();
    return new Response(row?.body, { status: row ? 200 : 404, headers: { "Content-Type": "application/json" } });
  },
} satisfies ExportedHandler<FloorEnv>;
