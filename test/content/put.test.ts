import { beforeAll, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../support/client.ts";
import { TestClock } from "../support/fixtures.ts";
import { OPERATIONS } from "../support/registry.ts";

const clock = new TestClock();
let at: TestSite;
const paths: Record<string, string> = {};

beforeAll(async () => {
  at = await makeSite(clock);
  const page = await at.site.create("/pages", {
    title: "Round trip",
    status: "published",
    blocks: [{ type: "Text", props: { text: "x" } }],
    seo: { title: "Seen" },
    navigation: { order: 3 },
  });
  paths.site = "";
  paths.page = `/pages/${page.id}`;
});

it("what can be replaced is a site and a page", () => {
  const replaced = OPERATIONS.filter(({ method, endpoint }) => method === "PUT" && !endpoint.streams).map(
    ({ endpoint }) => endpoint.operationId,
  );
  expect(replaced.sort()).toEqual(["replacePage", "replaceSite"]);
});

describe.each(["site", "page"])("PUT of a %s", (kind) => {
  const path = () => paths[kind] as string;

  it(`PUT of a ${kind} takes what GET gave, and changes nothing but its version`, async () => {
    const { data } = (await at.site.get(path())).body;
    const put = await at.site.put(path(), data);
    expect([put.status, put.text]).toEqual([200, expect.any(String)]);
    const { version, updatedAt } = put.body.data;
    expect(put.body.data).toEqual({ ...data, version, updatedAt });
  });

  it(`PUT of a ${kind} refuses each read-only field that is not as it is stored, and says so`, async () => {
    const { data } = (await at.site.get(path())).body;
    const others: Record<string, unknown> = {
      id: "other_01KAGW6PSZ0000000000000000",
      version: data.version + 1,
      createdAt: "2020-01-01T00:00:00.000Z",
      updatedAt: "2020-01-01T00:00:00.000Z",
      ...(kind === "site" && { publishedAt: "2020-01-01T00:00:00.000Z" }),
    };
    for (const [name, value] of Object.entries(others)) {
      const { status, body } = await at.site.put(path(), { ...data, [name]: value });
      expect([name, status, Object.keys(body.error.details.fields)]).toEqual([name, 400, [name]]);
    }
    expect((await at.site.get(path())).body.data).toEqual(data);
  });
});
