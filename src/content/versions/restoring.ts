import { z } from "@hono/zod-openapi";
import { optionalFields } from "../../core/contract.ts";

/** What can be told of something that is restored: any of its fields, or none. */
export const restoringBody = <Fields extends z.ZodRawShape>(label: string, fields: Fields, example: object) =>
  z.strictObject(optionalFields(fields)).openapi(`Restore${label}`, {
    example,
    description: "Fields that are to be other than they were: where a slug is taken by now, another one",
  });
