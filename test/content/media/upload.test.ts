import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";
import { bytesOf, formOf, png, ZIP } from "../../support/pictures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

const upload = (file: Blob, filename?: string, fields?: Record<string, string>) =>
  at.site.post("/media", formOf(file, filename, fields));
const fetched = (path: string, headers: Record<string, string> = {}) =>
  exports.default.fetch(new Request(`https://api.example.com${path}`, { headers }));

describe("a form", () => {
  it("becomes a file that says what it is, how large it is shown and what colour it has", async () => {
    const bytes = await png(40, 30, { rgb: [176, 128, 80] });
    const made = await upload(new Blob([bytes], { type: "image/png" }), "Shop window.png", {
      alt: "Loaves",
      folder: "Shop",
    });
    expect(made.status, made.text).toBe(201);
    const file = made.body.data;
    expect(file).toMatchObject({
      filename: "Shop window.png",
      url: `/media/${file.id}/Shop%20window.png`,
      ...{ type: "image", contentType: "image/png", size: bytes.length, width: 40, height: 30, color: "#b08050" },
      ...{ alt: "Loaves", folder: "Shop", focalPoint: null, version: 1 },
    });
    expect((await at.site.get(`/media/${file.id}`)).body.data).toEqual(file);
    expect((await at.site.get("/media?type=image&folder=shop")).body.data).toContainEqual(file);
    expect((await at.site.get("/media/search?q=loaves")).body.data).toContainEqual(file);
    const served = await fetched(file.url);
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes);
    expect(served.headers.get("Content-Type")).toBe("image/png");
  });

  it.each([
    ["an archive called a picture", ZIP, "image/jpeg", "photo.jpg", "file"],
    ["a picture called another", null, "image/jpeg", "photo.jpg", "file"],
    ["a picture whose name ends in another's", null, "image/png", "photo.jpg", "filename"],
    [
      "SVG",
      bytesOf("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
      "image/svg+xml",
      "a.svg",
      "file",
    ],
    ["HTML", bytesOf("<!doctype html><script>alert(1)</script>"), "text/html", "a.html", "file"],
    ["bytes that are nothing", new Uint8Array([1, 2, 3, 4]), "application/octet-stream", "a.bin", "file"],
    ["bytes called text", new Uint8Array([0, 1, 255]), "text/plain", "a.txt", "file"],
    ["an empty file", new Uint8Array(), "image/png", "a.png", "file"],
  ])("refuses %s", async (_, bytes, type, filename, field) => {
    const before = await env.MEDIA.list({ prefix: `sites/${at.siteId}/` });
    const answer = await upload(new Blob([bytes ?? (await png())], { type }), filename);
    expect(answer.status, answer.text).toBe(400);
    expect(Object.keys(answer.body.error.details.fields)).toEqual([field]);
    const after = await env.MEDIA.list({ prefix: `sites/${at.siteId}/` });
    expect(after.objects.length).toBe(before.objects.length);
  });

  it("is the same call when it is sent again, however it is divided", async () => {
    const bytes = await png();
    const send = () =>
      at.site.send("POST", "/media", {
        headers: { "Idempotency-Key": "one-picture" },
        body: formOf(new Blob([bytes], { type: "image/png" })),
      });
    const first = await send();
    const second = await send();
    expect(first.status, first.text).toBe(201);
    expect(second.body.data).toEqual(first.body.data);
    expect(second.headers.get("Idempotency-Replayed")).toBe("true");
  });
});
