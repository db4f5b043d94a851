import { env, exports } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { collectMedia } from "../../../src/content/media/service/collect.ts";
import { eventsOf, makeSite, type TestSite } from "../../support/client.ts";
import { call, TestClock } from "../../support/fixtures.ts";
import { bytesOf, png } from "../../support/pictures.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const clock = new TestClock();
let at: TestSite;
let picture: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  at = await makeSite(clock);
  picture = await png(8, 6);
});

beforeEach(() => clock.advance(MINUTE));

interface Signed {
  id: string;
  uploadUrl: string;
  headers: Record<string, string>;
}

async function signed(size: number, contentType = "image/png", filename = "a.png"): Promise<Signed> {
  const answer = await at.site.post("/media/upload-url", { filename, contentType, size });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data;
}

const pathIn = (uploadUrl: string): string => uploadUrl.slice(new URL(uploadUrl).origin.length);

const put = ({ uploadUrl, headers }: Signed, body: unknown, more: Record<string, string> = {}) =>
  call("PUT", pathIn(uploadUrl), { headers: { ...headers, ...more }, body });

const objectsOf = async (id: string): Promise<number> =>
  (await env.MEDIA.list({ prefix: `sites/${at.siteId}/${id}/` })).objects.length;

describe("a signed address", () => {
  it("takes the bytes it was made for, without a key, and makes the file it has named", async () => {
    const upload = await signed(picture.length);
    const answer = await put(upload, picture);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.data).toMatchObject({ id: upload.id, filename: "a.png", width: 8, height: 6 });
    expect((await at.site.get(`/media/${upload.id}`)).body.data).toEqual(answer.body.data);
    const [created] = await eventsOf(env.DB, upload.id);
    expect(created).toEqual({ type: "media.created", data: answer.body.data });
  });

  it("takes one file, and no second one", async () => {
    const upload = await signed(picture.length);
    const answers = await Promise.all(Array.from({ length: 5 }, () => put(upload, picture)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.every(({ status }) => [200, 404, 409].includes(status))).toBe(true);
    expect((await put(upload, picture)).status).toBe(404);
    const read = await exports.default.fetch(new Request(`https://api.example.com/media/${upload.id}/a.png`));
    expect(new Uint8Array(await read.arrayBuffer())).toEqual(picture);
  });

  it("is for nobody else, no longer, and nothing else", async () => {
    const upload = await signed(picture.length);
    const other = await signed(picture.length);
    const tokenOf = ({ uploadUrl }: Signed) => new URL(uploadUrl).searchParams.get("token") as string;
    const swapped = { ...upload, uploadUrl: upload.uploadUrl.replace(tokenOf(upload), tokenOf(other)) };
    expect((await put(swapped, picture)).status).toBe(404);
    const changed = { ...upload, uploadUrl: `${upload.uploadUrl.slice(0, -2)}AA` };
    expect((await put(changed, picture)).status).toBe(404);
    expect((await put(upload, picture, { "Content-Type": "image/jpeg" })).status).toBe(400);
    expect((await put(upload, picture.subarray(1))).status).toBe(400);
    expect((await put(upload, new Uint8Array(picture.length))).status).toBe(400);
    clock.advance(15 * MINUTE);
    expect((await put(upload, picture)).status).toBe(404);
    expect(await objectsOf(upload.id)).toBe(0);
  });

  it("dies with the key that has asked for it", async () => {
    const { id, headers } = await at.workspace.key();
    const asked = await call("POST", `/v1/sites/${at.siteId}/media/upload-url`, {
      headers,
      body: { filename: "a.png", contentType: "image/png", size: picture.length },
    });
    await call("DELETE", `/api/v1/api-keys/${id}`, { headers: (await at.workspace.key()).headers });
    expect((await put(asked.body.data, picture)).status).toBe(404);
    expect(await objectsOf(asked.body.data.id)).toBe(0);
  });

  it.each([
    ["less", 10],
    ["more", -10],
  ])("takes neither nothing nor %s than was announced, should the length stay unsaid", async (_, missing) => {
    const upload = await signed(picture.length + Number(missing));
    const stream = new Blob([picture]).stream();
    const answer = await put(upload, stream);
    expect([answer.status, await objectsOf(upload.id)]).toEqual([400, 0]);
  });

  it("is given back its room, and its address, when nothing has come", async () => {
    const used = async () => {
      const { headers } = await at.workspace.key();
      const { body } = await call("GET", "/api/v1/entitlements/summary", { headers });
      return body.data.entitlements.storage.used;
    };
    const before = await used();
    await signed(1_000_000);
    expect(await used()).toBe(before + 1_000_000);
    clock.advance(2 * HOUR);
    await collectMedia(env, clock.time);
    expect(await used()).toBeLessThanOrEqual(before);
  });
});

describe("an upload that breaks off", () => {
  it("leaves nothing, and may be sent again", async () => {
    const upload = await signed(picture.length);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const answering = put(upload, readable).catch(() => null);
    const writer = writable.getWriter();
    await writer.write(picture.subarray(0, 20));
    await writer.abort(new Error("gone")).catch(() => {});
    expect((await answering)?.status ?? 400).toBe(400);
    expect(await objectsOf(upload.id)).toBe(0);
    expect((await at.site.get(`/media/${upload.id}`)).status).toBe(404);
    expect((await put(upload, picture)).status).toBe(200);
  });
});

it("a hundred megabytes go through", async () => {
  const MEGABYTES = 100;
  const chunk = new Uint8Array(1_000_000).fill(97);
  chunk.set(bytesOf("a plain text\n"));
  const upload = await signed(MEGABYTES * chunk.length, "text/plain", "large.txt");
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === MEGABYTES) return controller.close();
      controller.enqueue(chunk.slice());
      sent += 1;
    },
  });
  const answer = await put(upload, stream);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body.data.size).toBe(MEGABYTES * chunk.length);
  const url = `https://api.example.com${answer.body.data.url}`;
  const last = await exports.default.fetch(new Request(url, { headers: { Range: "bytes=-5" } }));
  expect([last.status, await last.text()]).toEqual([206, "aaaaa"]);
  await env.MEDIA.delete(`sites/${at.siteId}/${upload.id}/original`);
});
