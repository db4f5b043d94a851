import { describe } from "vitest";

// A test file of its own takes two seconds to start: these suites share one isolate, one database and one clock.
describe("delivery", async () => void (await import("./engine/delivery.ts")));
describe("fan-out", async () => void (await import("./engine/fan-out.ts")));
describe("large fan-out", async () => void (await import("./engine/large-fan-out.ts")));
describe("the schedule's rules", async () => void (await import("./engine/schedule-rules.ts")));
describe("the schedule", async () => void (await import("./engine/schedule.ts")));
describe("switching off", async () => void (await import("./engine/disabling.ts")));
describe("used up", async () => void (await import("./engine/exhausted.ts")));
describe("receivers", async () => void (await import("./engine/receivers.ts")));
describe("costs", async () => void (await import("./engine/costs.ts")));
describe("changes", async () => void (await import("./engine/changes.ts")));
describe("fairness", async () => void (await import("./engine/fairness.ts")));
describe("memory", async () => void (await import("./engine/memory.ts")));
