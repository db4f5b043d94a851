import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { zipLibrary } from "../../../src/content/archive/zip.ts";
import { call, makeWorkspace, requestOf, START, TestClock } from "../../support/fixtures.ts";
import { finish, type Headers, registerOwnJobs } from "./world.ts";

const clock = new TestClock();

beforeEach(() => {
  clock.use();
  clock.time = Math.max(clock.time, START);
  registerOwnJobs();
});

const WXR = `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="c" xmlns:excerpt="e" xmlns:dc="d" xmlns:wp="w"><channel>
<title>Old</title><link>https://old.example</link><wp:base_blog_url>https://old.example</wp:base_blog_url>
<item><title>About</title><link>https://old.example/company/about/</link><wp:post_id>7</wp:post_id><wp:post_type>page</wp:post_type><wp:status>publish</wp:status>
<wp:post_name>about</wp:post_name><content:encoded><![CDATA[<p>We bake.</p>]]></content:encoded></item>
<item><title>Team</title><wp:post_id>8</wp:post_id><wp:post_parent>7</wp:post_parent><wp:post_type>page</wp:post_type>
<wp:status>publish</wp:status><wp:post_name>team</wp:post_name></item>
<item><title>First</title><wp:post_id>9</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_date_gmt>2019-05-01 10:00:00</wp:post_date_gmt><content:encoded><![CDATA[Hello]]></content:encoded></item>
<item><title>Widget</title><wp:post_id>10</wp:post_id><wp:post_type>product</wp:post_type><wp:status>publish</wp:status></item>
</channel></rss>`;

interface Target {
  path: string;
  headers: Headers;
}

async function target(scopes = ["*"]): Promise<Target> {
  const workspace = await makeWorkspace(clock);
  const { headers: all } = await workspace.key();
  const { body } = await call("POST", "/v1/sites", { headers: all, body: { name: "Bakery", locale: "en" } });
  const { headers } = await workspace.key({ scopes });
  return { path: `/v1/sites/${body.data.id}`, headers };
}

async function send({ path, headers }: Target, file: string | Uint8Array): Promise<string> {
  const made = await call("POST", `${path}/import/upload-url`, { headers, body: {} });
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const init = { headers: { "Content-Length": String(bytes.byteLength) }, body: bytes };
  const put = await exports.default.fetch(requestOf("PUT", new URL(made.body.data.uploadUrl).pathname, init));
  expect(put.status).toBe(204);
  return made.body.data.uploadId;
}

async function importInto(to: Target, body: object) {
  const started = await call("POST", `${to.path}/import`, { headers: to.headers, body });
  expect(started.status, started.text).toBe(202);
  await finish(clock, started.body.data.jobId);
  const { headers } = to;
  return (await call("GET", `${to.path}/jobs/${started.body.data.jobId}`, { headers })).body.data;
}

describe("an import into a website", () => {
  it("of a WordPress export brings pages below their parents and posts with their dates; again nothing new", async () => {
    const to = await target();
    const uploadId = await send(to, WXR);
    const job = await importInto(to, { source: "wxr", uploadId });
    expect(job).toMatchObject({
      status: "succeeded",
      result: {
        counts: { page: { found: 2, created: 2 }, post: { found: 1, created: 1 } },
        problems: [{ record: "Widget", outcome: "left_out" }],
      },
    });
    const { body } = await call("GET", `${to.path}/pages?orderBy=title&direction=asc`, { headers: to.headers });
    const [about, team] = body.data;
    expect(about).toMatchObject({ title: "About", slug: "about", status: "published" });
    expect(team.parentId).toBe(about.id);
    const posts = await call("GET", "/api/v1/posts", { headers: to.headers });
    expect(posts.body.data).toMatchObject([{ title: "First", published_at: "2019-05-01T10:00:00Z" }]);
    const redirects = await call("GET", `${to.path}/redirects`, { headers: to.headers });
    expect(redirects.body.data).toMatchObject([{ from: "/company/about", to: "/about", status: 301 }]);
    const again = await importInto(to, { source: "wxr", uploadId });
    expect(again.result.counts).toMatchObject({ page: { created: 0, existing: 2 }, post: { created: 0, existing: 1 } });
  });

  it("tells in a dry run what would come, and stores nothing", async () => {
    const to = await target();
    await call("POST", `${to.path}/pages`, { headers: to.headers, body: { title: "Ours", slug: "about" } });
    const job = await importInto(to, { source: "wxr", uploadId: await send(to, WXR), dryRun: true });
    expect(job.result).toMatchObject({ dryRun: true, counts: { page: { created: 2 } } });
    expect(job.result.problems).toContainEqual({
      kind: "page",
      record: "About",
      outcome: "changed",
      message: 'slug: "about" is taken here; it becomes "about-2"',
    });
    expect((await call("GET", `${to.path}/pages`, { headers: to.headers })).body.pagination.total).toBe(1);
  });

  it("leaves out posts for a key that may not write them", async () => {
    const to = await target(["pages:write", "pages:read"]);
    const job = await importInto(to, { source: "wxr", uploadId: await send(to, WXR) });
    expect(Object.keys(job.result.counts)).not.toContain("post");
    expect(job.result.problems).toContainEqual(expect.objectContaining({ kind: "post", outcome: "left_out" }));
  });

  it("of Markdown brings pages and posts", async () => {
    const { ZipWriter, Uint8ArrayWriter, TextReader } = await zipLibrary();
    const writer = new ZipWriter(new Uint8ArrayWriter());
    await writer.add("about.md", new TextReader("---\ntitle: About\n---\n\nWe **bake**."));
    await writer.add("_posts/2019-05-01-first.md", new TextReader("---\ntitle: First\ntags: [rye]\n---\nHello"));
    const to = await target();
    const job = await importInto(to, { source: "markdown", uploadId: await send(to, await writer.close()) });
    expect(job.result).toMatchObject({ counts: { page: { created: 1 }, post: { created: 1 } }, problems: [] });
    const { body } = await call("GET", `${to.path}/pages`, { headers: to.headers });
    expect(body.data[0].blocks[0].props.html).toBe("<p>We <strong>bake</strong>.</p>");
  });

  it("fails, and says why, for a file that is not what it was called", async () => {
    const to = await target();
    const uploadId = await send(to, WXR);
    for (const source of ["markdown", "archive"]) {
      expect(await importInto(to, { source, uploadId })).toMatchObject({
        status: "failed",
        errorCode: "validation_failed",
      });
    }
    const other = await importInto(to, { source: "wxr", uploadId: await send(to, "<html></html>") });
    expect(other.error).toContain("no WordPress export");
  });

  it("takes no file that was uploaded for another website", async () => {
    const [mine, theirs] = [await target(), await target()];
    const uploadId = await send(mine, WXR);
    const { headers } = theirs;
    const answer = await call("POST", `${theirs.path}/import`, { headers, body: { source: "wxr", uploadId } });
    expect(answer.status).toBe(400);
  });
});
