import { z } from "@hono/zod-openapi";
import { expect, it } from "vitest";
import { bodiesOf } from "../../src/core/contract.ts";

const Bodies = bodiesOf({
  label: "PlantedNote",
  fields: { title: z.string(), parentId: z.string().nullable() },
  defaults: { parentId: null },
  examples: { create: { title: "Bread" }, update: { title: "Rye" } },
});

it("a body's missing field has its default, whether it is left out or undefined", () => {
  expect(Bodies.fill({ title: "Bread" })).toEqual({ title: "Bread", parentId: null });
  expect(Bodies.fill({ title: "Bread", parentId: undefined })).toEqual({ title: "Bread", parentId: null });
  expect(Bodies.fill({ title: "Bread", parentId: "page_1" })).toEqual({ title: "Bread", parentId: "page_1" });
});
