import { defineConfig } from "vitest/config";
import { workersProject } from "./scripts/vitest/project.ts";
import shared from "./vitest.config.ts";

/** Crash runs of the webhooks (`npm run test:chaos`): `RUNS` of them; `SEED` repeats what a failure has named. */
export default defineConfig(async () => {
  const { test } = await shared();
  const runs = Number(process.env.RUNS || 10_000);
  const seed = Number(process.env.SEED || Math.floor(Math.random() * 2 ** 31));
  const chaos = await workersProject({
    name: "chaos",
    include: ["test/chaos/*.chaos.ts"],
    provide: { chaos: { runs, seed } },
    testTimeout: 3_600_000,
  });
  return { test: { ...test, projects: [chaos] } };
});
