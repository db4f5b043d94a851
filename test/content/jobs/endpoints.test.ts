import { beforeEach, describe, expect, it } from "vitest";
import { registerJobs } from "../../../src/content/jobs/kind.ts";
import { PUBLISH_JOB } from "../../../src/content/deployments/job.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { call } from "../../support/fixtures.ts";
import { changePages, insertPages, MINUTES, runAlarm } from "../../support/publishing.ts";
import { makeVisitedSite } from "../../visitors/world.ts";
import { counting, jobWorld } from "./world.ts";

const clock = new TestClock();

beforeEach(() => {
  clock.time = START;
});

describe("the jobs of a website", () => {
  it("jobs are listed newest first, by kind and by status, with exact totals", async () => {
    const world = await jobWorld(clock, counting());
    const { path, key } = world.site;
    const list = async (query = "") => (await call("GET", `${path}/jobs${query}`, { headers: key.headers })).body;
    expect(await list()).toMatchObject({ data: [], pagination: { total: 0, nextCursor: null } });
    const first = await world.start(1);
    await world.run(first);
    clock.advance(1_000);
    const second = await world.start(1);
    const all = await list();
    expect(all.data.map((job: { jobId: string }) => job.jobId)).toEqual([second, first]);
    expect(all.pagination.total).toBe(2);
    const done = await list("?status=succeeded&kind=export");
    expect([done.data.length, done.data[0].jobId, done.pagination.total]).toEqual([1, first, 1]);
    expect((await list("?kind=publish")).pagination.total).toBe(0);
    expect((await list("?limit=1&direction=asc")).pagination).toMatchObject({ total: 2, limit: 1 });
  });

  it("a job is seen and cancelled with the scope of its kind alone, and changes its ETag as it goes on", async () => {
    const world = await jobWorld(clock, counting());
    const jobId = await world.start(1);
    const at = `${world.site.path}/jobs/${jobId}`;
    const { headers } = await world.site.workspace.key({ scopes: ["workspaces:read"] });
    const stranger = await world.site.workspace.key({ scopes: ["pages:read"] });
    const first = await call("GET", at, { headers });
    expect(first.body.data).toMatchObject({ jobId, kind: "export", status: "queued", createdBy: "test" });
    const etag = { ...headers, "If-None-Match": first.headers.get("ETag") as string };
    expect((await call("GET", at, { headers: etag })).status).toBe(304);
    for (const [method, path] of [
      ["GET", at],
      ["POST", `${at}/cancel`],
      ["GET", `${world.site.path}/jobs`],
    ] as const) {
      const denied = await call(method, path, { headers: stranger.headers });
      expect([denied.status, denied.body.error.details.requiredScope]).toEqual([403, "workspaces:read"]);
    }
    expect((await call("POST", `${at}/cancel`, { headers })).body.data.status).toBe("cancelled");
    expect((await call("GET", at, { headers: etag })).status).toBe(200);
  });

  it("a publish in the background is a job that follows its deployment, and cancelling either cancels both", async () => {
    registerJobs(PUBLISH_JOB);
    const site = await makeVisitedSite(clock);
    await insertPages(site, 1, 101);
    const begin = async () => (await site.ask("POST", "/publish")).body.data.id as string;
    const jobOf = async (deployment: string) =>
      (await site.ask("GET", `/jobs/${deployment.replace("dep_", "job_")}`)).body.data;
    const first = await begin();
    expect(await jobOf(first)).toMatchObject({ kind: "publish", status: "running", progress: 0, result: null });
    await runAlarm(site);
    expect(await jobOf(first)).toMatchObject({ status: "succeeded", progress: 100, result: { deploymentId: first } });
    clock.advance(5 * MINUTES);
    await changePages(site, ["page-1"], "v1");
    const second = await begin();
    expect((await site.ask("POST", `/jobs/${second.replace("dep_", "job_")}/cancel`)).status).toBe(200);
    expect((await site.ask("GET", `/deployments/${second}`)).body.data.status).toBe("cancelled");
    const third = await begin();
    await site.ask("POST", `/deployments/${third}/cancel`);
    expect(await jobOf(third)).toMatchObject({ status: "cancelled", step: null });
    expect((await site.ask("GET", "/jobs")).body.pagination.total).toBe(3);
  });
});
