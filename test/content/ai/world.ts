import { env } from "cloudflare:workers";
import { runJob } from "../../../src/content/jobs/engine/run.ts";
import { ledgerOf } from "../../../src/core/limits/ledger-object.ts";
import { periodKey } from "../../../src/core/limits/period.ts";
import { RUNTIME } from "../../../src/core/runtime.ts";
import type { Env } from "../../../src/env.ts";
import { callThrough } from "../../faults/world.ts";
import { type Answer, call, makeWorkspace, type TestClock, type Workspace } from "../../support/fixtures.ts";

/** The Worker with a model server that behaves like this (test/e2e/support/model.mjs). */
export const behaving = (behaviour: string, more: Partial<Env> = {}): Env => ({
  ...env,
  LOG_LEVEL: "silent",
  AI_BASE_URL: env.AI_BASE_URL.replace(/\/v1$/, `/${behaviour}`),
  AI_TIMEOUT_SECONDS: "0.3",
  ...more,
});

export interface Asked {
  messages: { role: string; content: string }[];
  authorization: string | null;
}

/** What the model server was asked in this behaviour, oldest first. */
export async function asked(behaviour: string): Promise<Asked[]> {
  const response = await fetch(env.AI_BASE_URL.replace(/\/v1$/, `/_asked/${behaviour}`));
  return response.json();
}

export interface AiWorld {
  workspace: Workspace;
  headers: Record<string, string>;
  siteId: string;
  path: string;
  /** Makes a page; answers it. */
  page(body: object): Promise<Answer["body"]>;
  /** Calls an AI endpoint with another key each time, so that none runs out of calls. */
  ask(what: "generate" | "translate" | "assist", body: object, bindings?: Env): Promise<Answer>;
  /** Tokens of the month. */
  tokens(): Promise<number>;
  /** What pages there are. */
  pages(): Promise<Answer["body"][]>;
  job(jobId: string): Promise<Answer["body"]>;
  run(jobId: string, bindings?: Env): Promise<void>;
}

export async function aiWorld(
  clock: TestClock,
  { environment = "live", tier = "pro" }: { environment?: "live" | "sandbox"; tier?: string } = {},
): Promise<AiWorld> {
  const workspace = await makeWorkspace(clock, tier);
  const { headers } = await workspace.key({ environment });
  const site = await call("POST", "/v1/sites", {
    headers,
    body: { name: "Blue Door Bakery", locales: ["en", "de", "nl"] },
  });
  const siteId = site.body.data.id as string;
  const path = `/v1/sites/${siteId}`;
  const get = async (below: string) => (await call("GET", `${path}${below}`, { headers })).body.data;
  return {
    workspace,
    headers,
    siteId,
    path,
    page: async (body) => (await call("POST", `${path}/pages`, { headers, body })).body.data,
    async ask(what, body, bindings = env) {
      const key = await workspace.key({ environment });
      return callThrough(bindings, "POST", `${path}/ai/${what}`, { headers: key.headers, body });
    },
    tokens: async () =>
      (await ledgerOf(env, workspace.id, environment).usage(periodKey("month", clock.time))).ai_tokens,
    pages: () => get("/pages?direction=asc&limit=100"),
    job: (jobId) => get(`/jobs/${jobId}`),
    run: (jobId, bindings = env) =>
      runJob({ ...bindings, LOG_LEVEL: "silent" }, { jobId, workspaceId: workspace.id }, RUNTIME),
  };
}

/** A page with everything that a translation must not touch. */
export const INTRICATE = {
  title: "Our breads",
  slug: "breads",
  seo: {
    title: "Breads of the day",
    description: "What we bake",
    ogImage: "https://example.com/og.png",
    noIndex: true,
  },
  navigation: { label: "Breads", order: 3, hidden: true },
  blocks: [
    {
      type: "HeroSection",
      props: {
        id: "hero-1",
        title: "Fresh bread, every morning",
        subtitle: "Ask {{name}} or write to hello@example.com",
        ctaText: "See all breads",
        ctaLink: "/shop/all-breads?from=hero#top",
        backgroundImage: "https://images.example.com/bread-01.jpg",
        variant: "dark",
        count: 12,
        isWide: true,
        nothing: null,
      },
    },
    {
      type: "TextSection",
      props: {
        heading: "How",
        html: '<p class="lead">We use <a href="https://example.com/flour?x=1&amp;y=2">good flour</a> &amp; water.</p><pre><code>const bread = "rye";</code></pre><p>Enough.</p>',
      },
    },
    {
      type: "CustomThing",
      props: {
        items: [
          { text: "One", url: "https://example.com/one" },
          { text: "", url: "" },
        ],
        code: "let x = 1;",
      },
    },
  ],
};
