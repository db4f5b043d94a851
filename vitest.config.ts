import { existsSync, statfsSync } from "node:fs";
import { defineConfig } from "vitest/config";
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
  "test/rendering/**/*.test.ts",
  "test/webhooks/{secret,signature,target}.test.ts",
];

export default defineConfig(async () => ({
  test: {
    globalSetup: ["./test/support/receiver-server.ts"],
    // Vitest would leave a core to itself, which on two of them is half the machine.
    maxWorkers: "100%",
    projects: [
      await workersProject({ name: "engines", include: ENGINES, isolate: false, setupFiles: [] }),
      // What a file has under way as it ends (alarms, queues, work after an answer) must not reach another's stores.
      await workersProject({ name: "worker", include: ["test/**/*.test.ts"], exclude: ENGINES, isolate: true }),
    ],
  },
}));
