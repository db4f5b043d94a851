import { describe } from "vitest";

// A test file of its own takes two seconds to start: these suites share one isolate, one database and one clock.
describe("data", async () => void (await import("./endpoints/event-data.ts")));
describe("deliveries", async () => void (await import("./endpoints/delivery-detail.ts")));
describe("subscribing", async () => void (await import("./endpoints/subscribing.ts")));
describe("retries", async () => void (await import("./endpoints/retry.ts")));
describe("replays", async () => void (await import("./endpoints/replay.ts")));
describe("long replays", async () => void (await import("./endpoints/long-replay.ts")));
describe("replays under way", async () => void (await import("./endpoints/replay-control.ts")));
describe("secrets", async () => void (await import("./endpoints/rotation.ts")));
describe("keys of sites", async () => void (await import("./endpoints/sites.ts")));
describe("keys of integrations", async () => void (await import("./endpoints/integrations.ts")));
describe("targets", async () => void (await import("./endpoints/guard.ts")));
describe("inputs", async () => void (await import("./endpoints/inputs.ts")));
