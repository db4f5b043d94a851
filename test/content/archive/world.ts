import { env } from "cloudflare:workers";
import "../../../src/surfaces.ts";
import { linesOf } from "../../../src/content/archive/lines.ts";
import { openZip } from "../../../src/content/archive/zip.ts";
import { runJob } from "../../../src/content/jobs/engine/run.ts";
import { registerJobs } from "../../../src/content/jobs/kind.ts";
import { type JobRow, jobs } from "../../../src/content/jobs/table.ts";
import { RUNTIME } from "../../../src/core/runtime.ts";
import { databaseOf } from "../../../src/core/storage/database.ts";
import type { Env } from "../../../src/env.ts";
import { JOB_KINDS } from "../../../src/jobs.ts";
import { eq } from "drizzle-orm";
import { exports } from "cloudflare:workers";
import { call, requestOf, type TestClock } from "../../support/fixtures.ts";

/** The product's own kinds: other files of this runtime may have registered theirs. */
export const registerOwnJobs = (): void => registerJobs(...JOB_KINDS);

export type Headers = Record<string, string>;

async function jobRow(jobId: string): Promise<JobRow> {
  const [row] = await databaseOf(env, 0).select().from(jobs).where(eq(jobs.id, jobId));
  return row as JobRow;
}

/** Works on a job until nothing is left of it to do, moving the clock on to when it is due. */
export async function finish(clock: TestClock, jobId: string, bindings: () => Env = () => env): Promise<JobRow> {
  for (let runs = 0; runs < 500; runs += 1) {
    const row = await jobRow(jobId);
    if (row.dueAt === null) return row;
    clock.time = Math.max(clock.time, row.dueAt);
    await runJob({ ...bindings(), LOG_LEVEL: "silent" }, { jobId, workspaceId: row.workspaceId }, RUNTIME).catch(
      () => {},
    );
  }
  throw new Error(`The job ${jobId} does not end`);
}

export async function exported(clock: TestClock, workspaceId: number, headers: Headers): Promise<Uint8Array> {
  const path = `/api/v1/workspaces/${workspaceId}/export`;
  const started = await call("POST", path, { headers, body: {} });
  if (started.status !== 202) throw new Error(started.text);
  const job = await finish(clock, started.body.data.job_id);
  if (job.status !== "succeeded") throw new Error(`${job.status}: ${job.error}`);
  const { body } = await call("GET", path, { headers });
  return fetched(body.data.download_url);
}

export async function fetched(url: string): Promise<Uint8Array> {
  const { pathname } = new URL(url);
  const response = await exports.default.fetch(requestOf("GET", pathname));
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

export async function uploaded(workspaceId: number, headers: Headers, archive: Uint8Array): Promise<string> {
  const made = await call("POST", `/api/v1/workspaces/${workspaceId}/import-uploads`, { headers, body: {} });
  const { upload_url, upload_id } = made.body.data;
  const path = new URL(upload_url).pathname;
  const response = await exports.default.fetch(
    requestOf("PUT", path, { headers: { "Content-Length": String(archive.byteLength) }, body: archive }),
  );
  if (response.status !== 204) throw new Error(`${response.status}: ${await response.text()}`);
  return upload_id;
}

/** Imports an archive and answers the job that did it. */
export async function imported(
  clock: TestClock,
  { workspaceId, headers, body }: { workspaceId: number; headers: Headers; body: object },
  bindings?: () => Env,
): Promise<JobRow> {
  const started = await call("POST", `/api/v1/workspaces/${workspaceId}/import`, { headers, body });
  if (started.status !== 202) throw new Error(started.text);
  return finish(clock, started.body.data.job_id, bindings);
}

type Json = Record<string, unknown>;

/** The records of an archive by kind. */
export async function recordsOf(archive: Uint8Array): Promise<Record<string, Json[]>> {
  const files = await openZip({
    size: archive.byteLength,
    range: async (offset, length) => archive.slice(offset, offset + length),
  });
  const records: Record<string, Json[]> = {};
  for (const file of files.filter(({ path }) => path.endsWith(".jsonl"))) {
    const kind = file.path.split("/")[0] as string;
    const all = records[kind] ?? [];
    records[kind] = all;
    for await (const line of linesOf(file.read())) all.push(JSON.parse(line));
  }
  return records;
}

/** The same without ids and times: an id is what it is the id of, and records are in an order of their own. */
export async function comparable(archive: Uint8Array): Promise<Record<string, string[]>> {
  const records = await recordsOf(archive);
  const names = new Map<string, string>();
  for (const [kind, all] of Object.entries(records)) {
    for (const { id, locale, slug, code, number, filename, label } of all)
      names.set(String(id), `<${kind} ${locale} ${slug ?? code ?? number ?? filename ?? label}>`);
  }
  const plain = (value: unknown): unknown => {
    if (typeof value === "string") {
      if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return "<time>";
      return value.replace(/[a-z]{2,12}_[0-9A-Z]{26}/g, (id) => names.get(id) ?? id);
    }
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    // Who made it is named by the id of a key; a form is on the live website once its page is published there.
    const told = Object.entries(value)
      .filter(([name]) => name !== "createdBy" && name !== "published")
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(told.map(([name, it]) => [name, plain(it)]));
  };
  return Object.fromEntries(
    Object.entries(records).map(([kind, all]) => [
      kind,
      all.map((record) => JSON.stringify(plain({ ...record, id: names.get(String(record.id)) }))).sort(),
    ]),
  );
}
