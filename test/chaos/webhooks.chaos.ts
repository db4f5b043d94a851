import { expect, inject, it } from "vitest";
import { TestClock } from "../support/fixtures.ts";
import { faultsIn } from "./figures.ts";
import { runAll } from "./world.ts";

declare module "vitest" {
  interface ProvidedContext {
    chaos: { runs: number; seed: number };
  }
}

const REPORT_EVERY = 1_000;

it("every committed event reaches every endpoint subscribed to it, whatever dies on the way", async () => {
  const { runs, seed } = inject("chaos");
  const start = performance.now();
  const figures = await runAll(new TestClock(), { runs, seed, receiverUrl: inject("receiverUrl") }, (so) => {
    if (so.runs % REPORT_EVERY === 0) console.log(`${so.runs} runs, ${faultsIn(so)} faults, ${so.posts} POSTs`);
  });
  const seconds = (performance.now() - start) / 1_000;
  console.log(
    JSON.stringify({ seed, seconds: Math.round(seconds), ...figures, allFaults: faultsIn(figures) }, null, 2),
  );
  expect(figures.runs).toBe(runs);
  expect(figures.lost).toBe(0);
});
