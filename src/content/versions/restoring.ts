import { z } from "@hono/zod-openapi";

/** What can be told of something that is restored: any of its fields, or none. */
export const restoringBody = <Fields extends z.ZodRawShape>(label: string, fields: Fields, example: object) =>
  z.strictObject(fields).partial().openapi(`Restore${label}`, {
    example,
    description: "Fields that are to be other than they were: where a slug is taken by now, another one",
  });
