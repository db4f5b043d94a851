import { exports } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";
import { bytesOf, formOf, joined, png } from "../../support/pictures.ts";

const clock = new TestClock();
let at: TestSite;
let picture: Uint8Array<ArrayBuffer>;
let file: { id: string; url: string };

async function upload(bytes: Uint8Array<ArrayBuffer>, type: string, name: string) {
  const answer = await at.site.post("/media", formOf(new Blob([bytes], { type }), name));
  expect(answer.status, answer.text).toBe(201);
  return answer.body.data;
}

beforeAll(async () => {
  at = await makeSite(clock);
  picture = await png(400, 300);
  file = await upload(picture, "image/png", "Schaufenster für Brot.png");
});

beforeEach(() => clock.advance(2_000));

const get = (path: string, headers: Record<string, string> = {}, host = "api.example.com", method = "GET") =>
  exports.default.fetch(new Request(`https://${host}${path}`, { method, headers }));

describe("a file", () => {
  it("is served for good, named, and never as a page", async () => {
    const { status, headers } = await get(file.url);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": String(picture.length),
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy":
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
      "content-disposition":
        "inline; filename=\"Schaufenster f_r Brot.png\"; filename*=UTF-8''Schaufenster%20f%C3%BCr%20Brot.png",
      "accept-ranges": "bytes",
    });
    expect(headers.get("X-Request-ID")).toMatch(/^req_/);
  });

  it("is not sent again to whoever has it", async () => {
    const etag = (await get(file.url)).headers.get("ETag") as string;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await get(file.url, { "If-None-Match": known });
      expect([again.status, await again.text(), again.headers.get("ETag")]).toEqual([304, "", etag]);
    }
    expect((await get(file.url, { "If-None-Match": '"other"' })).status).toBe(200);
  });

  it.each([
    ["bytes=0-9", 206, 0, 10],
    ["bytes=10-", 206, 10, null],
    ["bytes=-7", 206, -7, null],
    ["bytes=5-99999999", 206, 5, null],
  ])("sends the part that %s asks for", async (range, status, from, to) => {
    const answer = await get(file.url, { Range: range });
    const part = picture.slice(from, to ?? undefined);
    const start = from < 0 ? picture.length + from : from;
    expect(answer.status).toBe(status);
    expect(answer.headers.get("Content-Range")).toBe(`bytes ${start}-${start + part.length - 1}/${picture.length}`);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(part);
  });

  it("sends all of it where a part makes no sense, and says so where there is none", async () => {
    const etag = (await get(file.url)).headers.get("ETag") as string;
    for (const headers of [{ Range: "bytes=9-3" }, { Range: "lines=1-2" }, { Range: "bytes=0-1,4-5" }]) {
      expect((await get(file.url, headers)).status).toBe(200);
    }
    expect((await get(file.url, { Range: "bytes=0-1", "If-Range": '"other"' })).status).toBe(200);
    expect((await get(file.url, { Range: "bytes=0-1", "If-Range": etag })).status).toBe(206);
    for (const range of ["bytes=99999999-", "bytes=-0"]) {
      const answer = await get(file.url, { Range: range });
      expect([answer.status, answer.headers.get("Content-Range")]).toEqual([416, `bytes */${picture.length}`]);
    }
  });

  it("answers HEAD like GET, without the bytes", async () => {
    const head = await get(file.url, {}, "api.example.com", "HEAD");
    expect([head.status, head.headers.get("Content-Length"), await head.text()]).toEqual([
      200,
      String(picture.length),
      "",
    ]);
  });

  it("is where no file is, or no longer: 404", async () => {
    expect((await get("/media/med_01KAGW6PSZ0000000000000000/a.png")).status).toBe(404);
    const gone = await upload(await png(), "image/png", "gone.png");
    expect((await get(gone.url)).status).toBe(200);
    await at.site.delete(`/media/${gone.id}`);
    clock.advance(2_000);
    expect((await get(gone.url)).status).toBe(404);
  });

  it("keeps its address when it is renamed", async () => {
    const before = await upload(await png(), "image/png", "before.png");
    const { body } = await at.site.patch(`/media/${before.id}`, { filename: "after" });
    expect(body.data).toMatchObject({ filename: "after.png", url: `/media/${before.id}/after.png`, version: 2 });
    for (const url of [before.url, body.data.url]) expect((await get(url)).status).toBe(200);
    expect((await at.site.patch(`/media/${before.id}`, { filename: "after.pdf" })).status).toBe(400);
  });
});

describe("under the domain of a website", () => {
  it("its own files are served, and nobody else's", async () => {
    const domain = "bakery-of-media.example";
    await at.api.patch(`/sites/${at.siteId}`, { domain, status: "published" });
    await at.site.post("/publish", {});
    clock.advance(60_000);
    const other = await makeSite(clock);
    const foreign = await other.site.post("/media", formOf(new Blob([await png()], { type: "image/png" })));
    expect((await get(file.url, {}, domain)).status).toBe(200);
    expect((await get(foreign.body.data.url, {}, domain)).status).toBe(404);
    expect((await get(foreign.body.data.url)).status).toBe(200);
  });
});

describe("sizes of a picture", () => {
  it("are those of a list, in the best format that is asked for", async () => {
    const accepts = { "image/avif,image/webp,*/*": "image/avif", "image/webp,*/*": "image/webp", "*/*": "image/png" };
    for (const [accept, type] of Object.entries(accepts)) {
      const answer = await get(`${file.url}?w=120`, { Accept: accept });
      expect([answer.status, answer.headers.get("Content-Type"), answer.headers.get("Vary")]).toEqual([
        200,
        type,
        "Accept",
      ]);
      const again = await get(`${file.url}?w=120`, {
        Accept: accept,
        "If-None-Match": answer.headers.get("ETag") as string,
      });
      expect(again.status).toBe(304);
    }
    expect((await get(`${file.url}?w=121`)).status).toBe(400);
    expect((await get(`${file.url}?w=120&w=9`)).status).toBe(200);
  });

  it("are never larger than the picture", async () => {
    const answer = await get(`${file.url}?w=2560`, { Accept: "image/png" });
    const { width } = (await upload(new Uint8Array(await answer.arrayBuffer()), "image/png", "size.png")) as never;
    expect(width).toBe(400);
  });
});

const SCRIPT = "<script>alert(document.domain)</script>";

describe("what may hide in a file never runs", () => {
  it("HTML within a picture is served as the picture it is", async () => {
    const polyglot = await png(4, 3, { comment: `<html>${SCRIPT}</html>` });
    const made = await upload(joined(polyglot, bytesOf(SCRIPT)), "image/png", "both.png");
    const { headers } = await get(made.url);
    expect(headers.get("Content-Type")).toBe("image/png");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Security-Policy")).toContain("sandbox");
  });

  it("HTML that calls itself text is text, to be kept", async () => {
    const made = await upload(bytesOf(`<!doctype html>${SCRIPT}`), "text/plain", "page.txt");
    const { headers } = await get(made.url);
    expect(headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Disposition")).toMatch(/^attachment/);
  });
});
