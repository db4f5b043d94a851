import { existsSync, statfsSync } from "node:fs";
import path from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { sourceLines } from "./scripts/vitest/source-lines.ts";

/** Where the system has room on a disk in memory the database lies there: no commit waits for a real one. */
const MEMORY_DISK = "/dev/shm";
const ROOM_BYTES = 2 ** 30;
if (existsSync(MEMORY_DISK)) {
  const { bavail, bsize } = statfsSync(MEMORY_DISK);
  if (bavail * bsize >= ROOM_BYTES) process.env.TMPDIR = MEMORY_DISK;
}

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
    sourceLines(),
  ],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["./test/support/receiver-server.ts"],
    setupFiles: ["./test/support/migrate.ts"],
    testTimeout: 60_000,
    // Vitest would leave a core to itself, which on two of them is half the machine.
    maxWorkers: "100%",
  },
}));
