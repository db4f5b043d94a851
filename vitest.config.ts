import path from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig(async () => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        // Nobody consumes this queue: a test delivers when it means to, by handing the consumer a batch.
        queueProducers: { WEBHOOKS: { queueName: "kept-for-the-tests" } },
        bindings: {
          TEST_MIGRATIONS: await readD1Migrations(path.join(import.meta.dirname, "migrations")),
          LOG_LEVEL: "error",
          WEBHOOK_LOOPBACK: "allow",
        },
      },
    }),
  ],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["./test/support/receiver-server.ts"],
    setupFiles: ["./test/support/migrate.ts"],
    testTimeout: 60_000,
  },
}));
