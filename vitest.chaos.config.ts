import { defineConfig } from "vitest/config";
import shared from "./vitest.config.ts";

/** Crash runs of the webhooks (`npm run test:chaos`): `RUNS` of them; `SEED` repeats what a failure has named. */
export default defineConfig(async () => {
  const { test, ...rest } = await shared();
  const runs = Number(process.env.RUNS || 10_000);
  const seed = Number(process.env.SEED || Math.floor(Math.random() * 2 ** 31));
  return {
    ...rest,
    test: { ...test, include: ["test/chaos/*.chaos.ts"], provide: { chaos: { runs, seed } }, testTimeout: 3_600_000 },
  };
});
