import { z } from "@hono/zod-openapi";
import { beforeAll, describe, expect, it } from "vitest";
import { allEvents } from "../../src/core/events/catalogue.ts";
import { openApiDocument } from "../../src/openapi.ts";
import { Client } from "../support/client.ts";
import { makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  $defs?: Record<string, Schema>;
}
interface Listed {
  type: string;
  scope: string;
  is_heard: boolean;
  schema: Schema;
}

const clock = new TestClock();
const EVENTS = allEvents();
let workspace: Workspace;
let listed: Listed[];

const typesFor = async (settings: Parameters<Workspace["key"]>[0]): Promise<Listed[]> =>
  (await new Client(clock, (await workspace.key(settings)).headers, "/api/v1").get("/event-types")).body.data;

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  listed = await typesFor({ scopes: ["*"] });
});

const schemaOf = (type: string): Schema => listed.find((it) => it.type === type)?.schema ?? {};

describe("the event types", () => {
  it("the event types are all there are, each with the scope that hears it and whether the key does", async () => {
    expect(listed.map(({ type, scope, is_heard }) => [type, scope, is_heard])).toEqual(
      EVENTS.map(({ type, scope }) => [type, scope, true]),
    );
    const few = await typesFor({ scopes: ["webhooks:read", "posts:read"] });
    expect(few.map(({ type }) => type)).toEqual(EVENTS.map(({ type }) => type));
    const heard = few.filter((it) => it.is_heard).map(({ scope }) => scope);
    expect(new Set(heard)).toEqual(new Set(["posts:read", "webhooks:read"]));
  });

  it.each(EVENTS.map((event) => [event.type, event.sample] as const))(
    "the event types have a JSON Schema of %s that is whole by itself and takes its sample, but nothing without its id",
    (type, sample) => {
      const schema = schemaOf(type);
      expect(schema.type).toBe("object");
      const refs = [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref as string);
      for (const ref of refs) expect(Object.keys(schema.$defs ?? {}).map((name) => `#/$defs/${name}`)).toContain(ref);
      const checked = z.fromJSONSchema(schema as never);
      expect(checked.safeParse(sample).error).toBeUndefined();
      const [first] = Object.keys(sample as object);
      expect(checked.safeParse({ ...(sample as object), [first as string]: { not: "this" } }).success).toBe(false);
    },
  );

  it("the event types have the fields that the description's webhooks have", () => {
    const { webhooks, components } = openApiDocument("https://api.example.com") as {
      webhooks: Record<string, { post: { requestBody: { content: Record<string, { schema: Schema }> } } }>;
      components: { schemas: Record<string, Schema> };
    };
    for (const { type, schema } of listed) {
      const sent = webhooks[type]?.post.requestBody.content["application/json"]?.schema.properties?.data as Schema;
      const data = sent.$ref ? (components.schemas[sent.$ref.split("/").at(-1) as string] as Schema) : sent;
      expect([type, Object.keys(data.properties ?? {}).sort()]).toEqual([
        type,
        Object.keys(schema.properties ?? {}).sort(),
      ]);
    }
  });
});
