import { env, exports } from "cloudflare:workers";
import { useClock } from "../../src/core/clock.ts";
import "../../src/events.ts";
import type { Ctx } from "../../src/core/work/context.ts";
import { jobContext } from "../../src/core/work/job-context.ts";
import { createKey } from "../../src/platform/api-keys/service/create.ts";
import type { KeySettings } from "../../src/platform/api-keys/service/settings.ts";
import { foundWorkspace } from "../../src/platform/workspaces/service/found.ts";
import { checkConformance } from "./conformance.ts";

/** 2026-11-20T12:00:00Z; tests move it by hand. */
export const START = Date.UTC(2026, 10, 20, 12);

/** A clock the test owns, used by the Worker and its objects as well. */
export class TestClock {
  time = START;
  constructor() {
    this.use();
  }
  /** Makes it the product's clock again, after files that share this runtime have had theirs. */
  use(): void {
    useClock(() => this.time);
  }
  advance(ms: number): void {
    this.time += ms;
  }
}

let workspaceNumber = 0;

export interface Workspace {
  id: number;
  ctx: Ctx;
  /** Makes a key and returns its value; `*` scopes unless told otherwise. */
  key(
    settings?: Partial<KeySettings> & { environment?: "live" | "sandbox" },
  ): Promise<{ id: number; key: string; headers: Record<string, string> }>;
  /** A fresh context of this workspace, for calling services directly. */
  context(environment?: "live" | "sandbox"): Ctx;
}

export async function makeWorkspace(clock: TestClock, tier = "enterprise"): Promise<Workspace> {
  clock.use();
  workspaceNumber += 1;
  const slug = `workspace-${workspaceNumber}-${crypto.randomUUID().slice(0, 8)}`;
  const founded = await foundWorkspace(env, { name: "Workspace", slug, tier, contractTier: "enterprise" }, clock.time);
  const id = founded.caller.workspaceId;
  const context = (environment: "live" | "sandbox" = "live") => {
    const ctx = jobContext(env, { workspaceId: id, environment }, "test", clock.time);
    ctx.caller.workspace.tier = tier;
    return ctx;
  };
  return {
    id,
    ctx: founded,
    context,
    async key({ environment = "live", ...settings } = {}) {
      const ctx = context(environment);
      const input = { name: "Test key", scopes: ["*"], ...settings, environment };
      const { row, key } = await createKey({ ctx, input });
      await ctx.unit.commit();
      return { id: row.id, key, headers: { "X-Api-Key": key } };
    },
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  text: string;
}

const BASE = "https://api.example.com";

export interface CallInit {
  headers?: Record<string, string>;
  body?: unknown;
}

/** The request a client would send. A body that is not text, bytes or a form is sent as JSON. */
export function requestOf(method: string, path: string, { headers = {}, body }: CallInit = {}): Request {
  const raw = [Uint8Array, ReadableStream, FormData];
  const isRaw = typeof body === "string" || raw.some((type) => body instanceof type);
  const init: RequestInit = {
    method,
    headers: { ...(body !== undefined && !isRaw && { "Content-Type": "application/json" }), ...headers },
  };
  if (body !== undefined) init.body = isRaw ? (body as BodyInit) : JSON.stringify(body);
  return new Request(BASE + path, init);
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown;
  try {
    body = text ? JSON.parse(text) : undefined;
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, body, text };
}

/** Calls the Worker as a client would, and holds every answer against the published description. */
export async function call(method: string, path: string, init: CallInit = {}): Promise<Answer> {
  const answer = await answerOf(await exports.default.fetch(requestOf(method, path, init)));
  checkConformance(method, path, answer);
  return answer;
}
