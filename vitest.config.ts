import { existsSync, statfsSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { startPushService } from "./test/e2e/support/push-service.mjs";
import { startTestModel } from "./test/e2e/support/model.mjs";
import { workersProject } from "./scripts/vitest/project.ts";

/** Where the system has room on a disk in memory the database lies there: no commit waits for a real one. */
const MEMORY_DISK = "/dev/shm";
const ROOM_BYTES = 2 ** 30;
if (existsSync(MEMORY_DISK)) {
  const { bavail, bsize } = statfsSync(MEMORY_DISK);
  if (bavail * bsize >= ROOM_BYTES) process.env.TMPDIR = MEMORY_DISK;
}

/** Test files of what runs without the Worker and its stores: nothing of those is loaded for them, and they share a runtime. */
const ENGINES = [
  "test/core/{access,keys,limits}/**/*.test.ts",
  "test/core/zoned.test.ts",
  "test/content/shop/pricing/*.test.ts",
  "test/content/booking/slots-*.test.ts",
  "test/rendering/**/*.test.ts",
  "test/webhooks/{secret,signature,target}.test.ts",
];

/**
 * Test files that look at what a runtime remembers, declare events of their own, or leave objects and deliveries under
 * way: each has a runtime to itself. All others share a few, which spares each the time of loading the Worker; they
 * begin with empty stores all the same.
 */
const OWN_RUNTIME = [
  "test/content/jobs/*.test.ts",
  "test/core/links.test.ts",
  "test/core/vault.test.ts",
  "test/faults/webhooks.test.ts",
  "test/platform/workspace-deletion.test.ts",
  "test/webhooks/endpoints.test.ts",
  "test/webhooks/engine.test.ts",
];

/** Who answers for AI: its address is a setting of the Worker, so that it has to run before the Worker is set up. */
process.env.TEST_MODEL_URL ??= await startTestModel();
/** Stands for every push service, in the same way. */
process.env.TEST_PUSH_URL ??= (await startPushService()).url;

export default defineConfig(async () => ({
  test: {
    globalSetup: ["./test/support/receiver-server.ts"],
    // Vitest would leave a core to itself, which on two of them is half the machine.
    maxWorkers: "100%",
    projects: [
      await workersProject({ name: "engines", include: ENGINES, isolate: false, setupFiles: [] }),
      await workersProject({
        name: "shared",
        include: ["test/**/*.test.ts"],
        exclude: [...ENGINES, ...OWN_RUNTIME],
        isolate: false,
      }),
      await workersProject({ name: "own", include: OWN_RUNTIME, isolate: true }),
    ],
  },
}));
