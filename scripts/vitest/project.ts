// What every run of the tests within workerd has in common.
import path from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import type { UserWorkspaceConfig } from "vitest/config";
import { lateLibraries } from "./late-libraries.ts";
import { sourceLines } from "./source-lines.ts";

const ROOT = path.join(import.meta.dirname, "../..");

/**
 * Libraries that are bundled once and then loaded as one module each: a runtime loads its modules one by one, and theirs
 * were most of them. One that is not named here works too, only slower.
 */
const BUNDLED = [
  ...["hono", "hono/html", "hono/utils/url", "zod", "@hono/zod-openapi"],
  ...["drizzle-orm", "drizzle-orm/sqlite-core", "drizzle-orm/d1", "drizzle-orm/batch", "drizzle-orm/errors"],
  ...["parse5", "hast-util-to-mdast", "mdast-util-to-markdown", "mdast-util-gfm", "marked", "yaml", "saxes", "diff"],
  ...[
    "ipaddr.js",
    "ulid",
    "@sindresorhus/slugify",
    "d3-dsv",
    "temporal-polyfill/implementation",
    "fast-check",
    "standardwebhooks",
  ],
];

/** A Vitest project whose files run in workerd, with the product's own bindings. */
export async function workersProject(test: UserWorkspaceConfig["test"]): Promise<UserWorkspaceConfig> {
  return {
    plugins: [
      cloudflareTest({
        wrangler: { configPath: path.join(ROOT, "wrangler.toml") },
        miniflare: {
          // Nobody consumes these queues: a test delivers when it means to, by handing the consumer a batch.
          queueProducers: {
            JOBS: { queueName: "jobs-kept-for-the-tests" },
            MAILS: { queueName: "mails-kept-for-the-tests" },
            WEBHOOKS: { queueName: "kept-for-the-tests" },
          },
          bindings: {
            TEST_MIGRATIONS: await readD1Migrations(path.join(ROOT, "migrations")),
            LOG_LEVEL: "error",
            MAIL_FROM: "post@mail.example.com",
            AI_BASE_URL: `${process.env.TEST_MODEL_URL}/v1`,
            AI_MODEL: "local-model",
            WEBHOOK_LOOPBACK: "allow",
            PUSH_LOOPBACK: process.env.TEST_PUSH_URL ?? "",
            DNS_RESOLVER: "",
            RESERVED_DOMAINS: "proven",
          },
        },
      }),
      lateLibraries(),
      sourceLines(),
    ],
    test: {
      deps: { optimizer: { ssr: { enabled: true, include: BUNDLED } } },
      setupFiles: ["./test/support/migrate.ts"],
      // Not there to find slow tests: a machine many times slower than ours is to pass them all.
      testTimeout: 300_000,
      hookTimeout: 300_000,
      ...test,
    },
  };
}
