import { abortAllDurableObjects, createMessageBatch, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Dimension, FilterDimension } from "../../src/analytics/figures/dimensions.ts";
import type { TrackedEvent } from "../../src/analytics/tracked-event.ts";
import { zoned } from "../../src/core/zoned.ts";
import { runQueue } from "../../src/queue.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { emptyStorage } from "../support/storage.ts";
import { type Naive, naive } from "./reference.ts";

const HOUR_MS = 3_600_000;
const METRICS = ["visitors", "pageViews", "events", "sessions", "bounceRate", "averageDuration"] as const;

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let made = 0;

beforeAll(async () => {
  await emptyStorage();
  workspace = await makeWorkspace(clock);
  ({ headers } = await workspace.key());
});

async function siteIn(timezone: string): Promise<string> {
  made += 1;
  const body = { name: `Site ${made}`, settings: { timezone } };
  return (await call("POST", "/v1/sites", { headers, body })).body.data.id;
}

const ABOUT = [
  { referrer: "none", source: "direct", medium: "none", campaign: "none", device: "desktop", country: "NL" },
  { referrer: "google.com", source: "google", medium: "organic", campaign: "none", device: "mobile", country: "DE" },
  { referrer: "none", source: "letter", medium: "email", campaign: "spring", device: "mobile", country: "unknown" },
].map((it) => ({ ...it, term: "none", content: "none", browser: "chrome", os: "windows" })) as TrackedEvent["about"][];

/** An event as a draw, before it has a day and a moment. */
const drawn = fc.record({
  visitor: fc.integer({ min: 0, max: 4 }),
  afterMs: fc.integer({ min: 0, max: 54 * HOUR_MS }),
  type: fc.constantFrom("pageview", "pageview", "pageview", "signup"),
  page: fc.constantFrom("/", "/a", "/b", "/ü"),
  session: fc.constantFrom(null, null, null, "s1"),
  about: fc.constantFrom(...ABOUT),
});

/** What is done between two events. */
const happening = fc.constantFrom("nothing", "nothing", "abort", "word", "word twice", "alarm", "hour");

/** Zones with moments around which something of theirs changes: the clock, or the date of UTC. */
const PLACES = [
  { zone: "UTC", from: "2026-11-19T12:00:00Z" },
  { zone: "Europe/Berlin", from: "2026-10-24T10:00:00Z" },
  { zone: "Europe/Berlin", from: "2026-03-28T10:00:00Z" },
  { zone: "America/New_York", from: "2026-10-31T12:00:00Z" },
  { zone: "Australia/Lord_Howe", from: "2026-04-03T12:00:00Z" },
  { zone: "Asia/Kathmandu", from: "2026-11-19T12:00:00Z" },
] as const;

const QUESTIONS: { groupBy: Dimension[]; filters?: Partial<Record<FilterDimension, string>> }[] = [
  { groupBy: ["hour"] },
  { groupBy: ["day", "source"] },
  { groupBy: ["page", "event"] },
  { groupBy: ["week"], filters: { page: "/a" } },
  { groupBy: ["entryPage", "exitPage"], filters: { device: "mobile" } },
  { groupBy: ["country", "month"], filters: { event: "signup" } },
];

async function wake(siteId: string, times: number): Promise<void> {
  const messages = Array.from({ length: times }, (_, i) => ({
    ...{ id: `m${i}`, body: { siteId }, timestamp: new Date(clock.time), attempts: 1 },
  }));
  await runQueue(createMessageBatch("edge-cms-analytics", messages), { ...env, LOG_LEVEL: "silent" });
}

async function happen(what: string, siteId: string): Promise<void> {
  if (what === "abort") await abortAllDurableObjects();
  if (what === "word") await wake(siteId, 1);
  if (what === "word twice") await wake(siteId, 2);
  if (what === "alarm") await runDurableObjectAlarm(env.ANALYTICS_OBJECT.getByName(siteId));
  if (what === "hour") clock.advance(1.1 * HOUR_MS);
}

/** What the API answers, by the values of the dimensions; groups of nothing are left out, as series have some. */
async function answered(siteId: string, at: { from: number; until: number }, nth: number): Promise<Map<string, Naive>> {
  const { groupBy, filters = {} } = QUESTIONS[nth] as (typeof QUESTIONS)[number];
  const query = new URLSearchParams({
    ...{ from: new Date(at.from).toISOString(), to: new Date(at.until).toISOString(), limit: "10000" },
    ...{ metric: METRICS.join(","), groupBy: groupBy.join(","), ...filters },
  });
  const answer = await call("GET", `/v1/sites/${siteId}/analytics?${query}`, { headers });
  expect(answer.status, answer.text).toBe(200);
  type Group = { dimensions: Record<string, string>; metrics: Naive };
  const groups = (answer.body.data.groups as Group[]).map(({ dimensions, metrics }): [string, Naive] => [
    JSON.stringify(groupBy.map((name) => dimensions[name])),
    metrics,
  ]);
  return new Map(groups.filter(([, { visitors, sessions }]) => visitors + sessions > 0));
}

const sorted = (groups: Map<string, Naive>) => [...groups].sort(([one], [other]) => (one < other ? -1 : 1));

describe("figures", () => {
  it("figures are those of the events by definition, in whatever order, however often and late they come, across midnight and both changes of the clock, whatever is aborted, lost or doubled", async () => {
    const zones = await zoned();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PLACES),
        fc.array(drawn, { minLength: 1, maxLength: 40 }),
        fc.array(happening, { minLength: 8, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        async ({ zone, from }, draws, happenings, chance) => {
          const begin = Date.parse(from);
          clock.time = begin + 55 * HOUR_MS;
          const siteId = await siteIn(zone);
          const events = draws.map(({ visitor, afterMs, ...rest }, i): TrackedEvent => {
            const at = begin + afterMs;
            const day = zones.localOf(zone, at).date;
            return { id: `e${i}`, day, visitor: `v${visitor}-${day}`, at, ...rest };
          });
          // Every third one comes twice, and all in any order.
          const sent = [...events, ...events.filter((_, i) => i % 3 === 0)];
          for (let i = sent.length - 1; i > 0; i -= 1) {
            const other = (chance.next().value as number) % (i + 1);
            [sent[i], sent[other]] = [sent[other] as TrackedEvent, sent[i] as TrackedEvent];
          }
          for (const [i, event] of sent.entries()) {
            await env.ANALYTICS_OBJECT.getByName(siteId).take(event);
            if (i % 5 === 4) await happen(happenings[((i - 4) / 5) % happenings.length] as string, siteId);
          }
          const at = { from: begin + 2 * HOUR_MS, until: begin + 50 * HOUR_MS };
          for (const [nth, { groupBy, filters = {} }] of QUESTIONS.entries()) {
            const expected = naive(events, { ...at, zone, groupBy, filters });
            expect(sorted(await answered(siteId, at, nth)), JSON.stringify(groupBy)).toEqual(sorted(expected));
          }
          // The same once the days are closed, and their events are gone.
          clock.time = begin + 100 * HOUR_MS;
          await abortAllDurableObjects();
          await env.ANALYTICS_OBJECT.getByName(siteId).held();
          clock.advance(2 * HOUR_MS);
          await wake(siteId, 1);
          expect(await env.ANALYTICS_OBJECT.getByName(siteId).facts(events[0]?.day ?? "", "")).toBeNull();
          for (const [nth, { groupBy, filters = {} }] of QUESTIONS.entries()) {
            const expected = naive(events, { ...at, zone, groupBy, filters });
            expect(sorted(await answered(siteId, at, nth)), JSON.stringify(groupBy)).toEqual(sorted(expected));
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});
