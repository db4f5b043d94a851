import { beforeAll, beforeEach, expect, inject, it } from "vitest";
import { env } from "cloudflare:workers";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";
import { DOT } from "../../support/pictures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

beforeEach(() => clock.advance(60_000));

const receiver = (path: string): string => `${inject("receiverUrl")}${path}`;
const imported = (url: string, more: object = {}) => at.site.post("/media/import", { url, ...more });
const objects = async (): Promise<number> => (await env.MEDIA.list({ prefix: `sites/${at.siteId}/` })).objects.length;

it.each(["/picture/dot.png", "/picture/dot.png?chunked=1", "/picture/dot.png?type=application/octet-stream"])(
  "what %s answers becomes a file of its own name",
  async (path) => {
    const answer = await imported(receiver(path), { alt: "A dot", folder: "Dots" });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body.data).toMatchObject({
      ...{ filename: "dot.png", contentType: "image/png", size: DOT.size, width: 1, height: 1 },
      ...{ alt: "A dot", folder: "Dots" },
    });
  },
);

it("a redirect is followed, to where we may call", async () => {
  const leading = (to: string) => receiver(`/redirect/r?to=${encodeURIComponent(to)}`);
  expect((await imported(leading(receiver("/picture/there.png")))).status).toBe(201);
  for (const to of [
    "http://169.254.169.254/latest/meta-data",
    "https://localhost.localdomain/",
    "file:///etc/passwd",
  ]) {
    const answer = await imported(leading(to));
    expect([answer.status, Object.keys(answer.body.error.details.fields)]).toEqual([400, ["url"]]);
  }
  expect((await imported(leading(leading(leading(leading(receiver("/picture/far.png"))))))).status).toBe(400);
});

it.each([
  "http://example.com/a.png",
  "https://10.0.0.1/a.png",
  "https://[::1]/a.png",
  "https://metadata.google.internal/a.png",
  "https://ada:secret@example.com/a.png",
  "ftp://example.com/a.png",
  "a.png",
])("%s is no address we call", async (url) => {
  const answer = await imported(url);
  expect([answer.status, Object.keys(answer.body.error.details.fields)]).toEqual([400, ["url"]]);
});

it.each(["/status/404/a.png", "/ok/a.png", "/picture/a.jpg?type=image/jpeg", "/picture/cut.png?cut=1", "/reset/a.png"])(
  "what %s answers is no file that is taken, and leaves nothing",
  async (path) => {
    const before = await objects();
    const answer = await imported(receiver(path));
    expect([answer.status, await objects()]).toEqual([400, before]);
  },
);
