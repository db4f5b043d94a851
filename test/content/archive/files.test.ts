import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, inject, it } from "vitest";
import { bringFile } from "../../../src/content/archive/bring.ts";
import { upload } from "../../../src/content/archive/files.ts";
import { zipLibrary } from "../../../src/content/archive/zip.ts";
import { pngOf } from "../../../src/content/sample/paint.ts";
import { jobContext } from "../../../src/core/work/job-context.ts";
import { call, makeWorkspace, requestOf, START, TestClock, type Workspace } from "../../support/fixtures.ts";
import { comparable, exported, finish, type Headers, imported, registerOwnJobs, uploaded } from "./world.ts";

const clock = new TestClock();

beforeEach(() => {
  clock.use();
  clock.time = Math.max(clock.time, START);
  registerOwnJobs();
});

const picture = (): Promise<Blob> =>
  pngOf({ width: 40, height: 30, colors: ["#336699", "#ffffff"], at: (x) => (x < 0.5 ? 0 : 1) });

async function site(headers: Headers): Promise<string> {
  return (await call("POST", "/v1/sites", { headers, body: { name: `Bakery ${crypto.randomUUID()}` } })).body.data.id;
}

/** A site with a picture that a page and its settings show. */
async function withPicture(headers: Headers): Promise<{ siteId: string; url: string }> {
  const siteId = await site(headers);
  const png = await picture();
  const body = { filename: "loaf.png", contentType: "image/png", size: png.size };
  const made = await call("POST", `/v1/sites/${siteId}/media/upload-url`, { headers, body });
  const to = new URL(made.body.data.uploadUrl);
  await call("PUT", to.pathname + to.search, {
    headers: { "Content-Type": "image/png", "Content-Length": String(png.size) },
    body: new Uint8Array(await png.arrayBuffer()),
  });
  const { url, id } = (await call("GET", `/v1/sites/${siteId}/media/${made.body.data.id}`, { headers })).body.data;
  await call("PATCH", `/v1/sites/${siteId}/media/${id}`, {
    headers,
    body: { alt: "A loaf", focalPoint: { x: 0.2, y: 0.8 } },
  });
  const html = `<p><img src="https://api.example.com${url}" alt="A loaf"></p>`;
  const blocks = [{ type: "RichTextSection", props: { html } }];
  await call("POST", `/v1/sites/${siteId}/pages`, { headers, body: { title: "Home", blocks } });
  return { siteId, url };
}

async function mediaOf(headers: Headers): Promise<Record<string, unknown>[]> {
  const sites = await call("GET", "/v1/sites", { headers });
  const all = await Promise.all(
    sites.body.data.map(
      async ({ id }: { id: string }) => (await call("GET", `/v1/sites/${id}/media`, { headers })).body.data,
    ),
  );
  return all.flat();
}

const bytesAt = async ({ siteId, id }: Record<string, unknown>): Promise<number> =>
  (await env.MEDIA.head(`sites/${siteId}/${id}/original`))?.size ?? 0;

describe("files", () => {
  it("come with an archive, byte for byte, and the texts that show them follow", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key({ environment: "sandbox" });
    await withPicture(headers);
    const archive = await exported(clock, workspace.id, headers);
    const other = await makeWorkspace(clock);
    const { headers: theirs } = await other.key();
    const body = { upload_id: await uploaded(other.id, theirs, archive) };
    const job = await imported(clock, { workspaceId: other.id, headers: theirs, body });
    expect(job.result).toMatchObject({ counts: { media: { found: 1, created: 1 } } });
    const [file] = await mediaOf(theirs);
    expect(file).toMatchObject({ filename: "loaf.png", alt: "A loaf", focalPoint: { x: 0.2, y: 0.8 } });
    expect(await bytesAt(file as never)).toBe((await picture()).size);
    const pages = await call("GET", `/v1/sites/${file?.siteId}/pages`, { headers: theirs });
    expect(pages.body.data[0].blocks[0].props.html).toBe(`<p><img src="${file?.url}" alt="A loaf"></p>`);
    const uses = await call("GET", `/v1/sites/${file?.siteId}/media/${file?.id}/uses`, { headers: theirs });
    expect(JSON.stringify(uses.body.data)).toContain(pages.body.data[0].id);
    const again = await imported(clock, { workspaceId: other.id, headers: theirs, body });
    expect(again.result).toMatchObject({ counts: { media: { created: 0, existing: 1 } } });
    const own = await comparable(archive);
    const copy = await comparable(await exported(clock, other.id, theirs));
    expect(copy.media).toEqual(own.media?.map((line) => line.replaceAll("https://api.example.com", "")));
  });

  it("keep their bytes while the same archive is imported twice at once", async () => {
    const { id: workspaceId, key } = await makeWorkspace(clock);
    const { headers } = await key();
    const siteId = await site(headers);
    const png = await picture();
    const id = `med_${"0".repeat(25)}7`;
    const said = { filename: "loaf.png", alt: "", folder: null, focalPoint: null, createdAt: clock.time };
    const bring = () => {
      const ctx = jobContext(env, { workspaceId, environment: "live" }, "key:1", clock.time, "growth");
      const file = { size: png.size, body: png.stream(), declared: "image/png" };
      return bringFile(ctx, { ...said, id, siteId }, file);
    };
    await Promise.allSettled([bring(), bring(), bring()]);
    await bring().catch(() => {});
    // Whoever looked before the first was done comes too late, and takes nothing with it.
    await expect(bring()).rejects.toThrow();
    const [file] = await mediaOf(headers);
    expect(file).toMatchObject({ id });
    expect(await bytesAt(file as never)).toBe(png.size);
  });

  it("that are imported over what was deleted take its place in the trash, and can be changed and deleted again", async () => {
    const source = await makeWorkspace(clock);
    const { headers } = await source.key({ environment: "sandbox" });
    await withPicture(headers);
    const archive = await exported(clock, source.id, headers);
    const other = await makeWorkspace(clock);
    const { headers: theirs } = await other.key();
    const bring = async () => {
      const body = { upload_id: await uploaded(other.id, theirs, archive) };
      return imported(clock, { workspaceId: other.id, headers: theirs, body });
    };
    await bring();
    const [site] = (await call("GET", "/v1/sites", { headers: theirs })).body.data;
    const pages = `/v1/sites/${site.id}/pages`;
    const [page] = (await call("GET", pages, { headers: theirs })).body.data;
    const at = `${pages}/${page.id}`;
    for (let n = 0; n < 2; n += 1) {
      clock.advance(1_000);
      expect((await call("DELETE", at, { headers: theirs })).status).toBe(204);
      expect((await bring()).result).toMatchObject({ counts: { page: { created: 1, failed: 0 } } });
      expect((await call("GET", `/v1/sites/${site.id}/trash`, { headers: theirs })).body.data).toEqual([]);
      const changed = await call("PATCH", at, { headers: theirs, body: { title: `Back ${n}` } });
      expect([changed.status, changed.body.data?.title]).toEqual([200, `Back ${n}`]);
    }
  });

  it("are told to try again where the bucket fails, and that they broke off where the sender did", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const { id } = workspace;
    const made = await call("POST", `/api/v1/workspaces/${id}/import-uploads`, { headers, body: {} });
    const token = new URL(made.body.data.upload_url).pathname.split("/").at(-1) as string;
    const bytes = new Uint8Array(50);
    const sent = (announced: number) =>
      requestOf("PUT", "/", { headers: { "Content-Length": String(announced) }, body: bytes });
    const down = new Proxy(env.PUBLISHED, {
      get: (bucket, name) =>
        name === "put"
          ? () => Promise.reject(new Error("R2 is down"))
          : (Reflect.get(bucket, name) as () => unknown).bind(bucket),
    });
    const at = { now: clock.time };
    await expect(upload({ ...env, PUBLISHED: down }, token, sent(50), at)).rejects.toMatchObject({
      code: "unavailable",
    });
    await expect(upload(env, token, sent(60), at)).rejects.toMatchObject({ code: "bad_request" });
    await expect(upload(env, token, sent(50), at)).resolves.toBeUndefined();
  });

  it("wait to be imported only as far as there is room for them", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const siteId = await site(headers);
    const send = async (path: string, bytes: number) => {
      const made = await call("POST", path, { headers, body: {} });
      const url = made.body.data.uploadUrl ?? made.body.data.data?.upload_url ?? made.body.data.upload_url;
      const token = new URL(url).pathname.split("/").at(-1) as string;
      const sent = { headers: { "Content-Length": String(bytes) }, body: new Uint8Array(bytes) };
      await upload(env, token, requestOf("PUT", "/", sent), { now: clock.time, maxWaitingBytes: 100 });
    };
    const [ofSite, ofAll] = [
      `/v1/sites/${siteId}/import/upload-url`,
      `/api/v1/workspaces/${workspace.id}/import-uploads`,
    ];
    await send(ofSite, 60);
    await send(ofAll, 40);
    await expect(send(ofSite, 1)).rejects.toThrow(/Too much is waiting/);
    await expect(send(ofAll, 1)).rejects.toThrow(/Too much is waiting/);
    const other = await makeWorkspace(clock);
    const { headers: theirs } = await other.key();
    await expect(uploaded(other.id, theirs, new Uint8Array(1))).resolves.toMatch(/^upl_/);
  });

  it("answers the part of an archive that is asked for, and says when there is none", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const size = (await exported(clock, workspace.id, headers)).byteLength;
    const { body } = await call("GET", `/api/v1/workspaces/${workspace.id}/export`, { headers });
    const path = new URL(body.data.download_url).pathname;
    const part = async (Range: string) => {
      const response = await exports.default.fetch(requestOf("GET", path, { headers: { Range } }));
      const { byteLength } = await response.arrayBuffer();
      return [response.status, byteLength, response.headers.get("Content-Range")];
    };
    expect(await part("bytes=0-9")).toEqual([206, 10, `bytes 0-9/${size}`]);
    expect(await part(`bytes=${size}-`)).toEqual([416, 0, `bytes */${size}`]);
    expect(await part("bytes=-0")).toEqual([416, 0, `bytes */${size}`]);
    expect(await part("bytes=9-2")).toEqual([200, size, null]);
  });

  it("come with a copy of what is live, and samples have theirs", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    await withPicture(headers);
    const { headers: sandbox } = await workspace.key({ environment: "sandbox" });
    expect(await resetTo(workspace, headers, "live")).toMatchObject({ status: "succeeded", result: { problems: [] } });
    const [file] = await mediaOf(sandbox);
    expect(await bytesAt(file as never)).toBe((await picture()).size);
    expect(await resetTo(workspace, headers, "sample")).toMatchObject({
      status: "succeeded",
      result: { problems: [] },
    });
    const samples = await mediaOf(sandbox);
    expect(samples.length).toBeGreaterThan(2);
    expect(await bytesAt(file as never)).toBe(0);
    for (const sample of samples) expect(await bytesAt(sample)).toBeGreaterThan(0);
  });

  it("that Markdown and WordPress texts show become media; those that cannot be had are told and keep their address", async () => {
    const { ZipWriter, Uint8ArrayWriter, BlobReader, TextReader } = await zipLibrary();
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const siteId = await site(headers);
    const missing = `${inject("receiverUrl")}/status/404/p.png`;
    const writer = new ZipWriter(new Uint8ArrayWriter());
    const text = `![Loaf](img/loaf.png)\n\n![Gone](${missing})\n`;
    await writer.add("about.md", new TextReader(text));
    await writer.add("img/loaf.png", new BlobReader(await picture()));
    const archive = await writer.close();
    const made = await call("POST", `/v1/sites/${siteId}/import/upload-url`, { headers, body: {} });
    await env.PUBLISHED.put(`archives/${workspace.id}/live/uploads/${siteId}/${made.body.data.uploadId}`, archive);
    const body = { source: "markdown", uploadId: made.body.data.uploadId };
    const started = await call("POST", `/v1/sites/${siteId}/import`, { headers, body });
    const job = await finish(clock, started.body.data.jobId);
    expect(job.result).toMatchObject({
      counts: { picture: { found: 2, created: 1, failed: 1 }, page: { created: 1 } },
      problems: [{ kind: "picture", record: missing, outcome: "failed" }],
    });
    const [file] = await mediaOf(headers);
    const pages = await call("GET", `/v1/sites/${siteId}/pages`, { headers });
    const { html } = pages.body.data[0].blocks[0].props;
    expect(html).toContain(`<img src="${file?.url}" alt="Loaf">`);
    expect(html).toContain(`<img src="${missing}" alt="Gone">`);
  });
});

async function resetTo(workspace: Workspace, headers: Headers, to: string) {
  const path = `/api/v1/workspaces/${workspace.id}/sandbox/reset`;
  return finish(clock, (await call("POST", path, { headers, body: { to } })).body.data.job_id);
}
