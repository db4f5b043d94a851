import { z } from "@hono/zod-openapi";
import { TimestampSchema, timestamp, timestampOrNull } from "../../core/fields.ts";
import { visibleFields } from "../../core/keys/attributes.ts";
import type { Ctx } from "../../core/work/context.ts";
import { listQuery } from "../list-query.ts";
import type { Compared } from "./compare/compare.ts";
import type { ToldHead, VersionName } from "./find.ts";

/** Whoever did something. */
export const WhoSchema = z
  .object({
    type: z.string().meta({ example: "key", description: "`key`, or `service` for what happens by itself" }),
    id: z.int().nullable().register(z.globalRegistry, { example: 1, description: "The key's id" }),
    name: z.string().nullable().register(z.globalRegistry, { example: "Production API Key" }),
    prefix: z
      .string()
      .nullable()
      .register(z.globalRegistry, { example: "optimo_live_abc1", description: "How the key's value begins" }),
  })
  .openapi("Who");

/** The version of a path or a query: its number, or the one there is. */
const VERSION = /^(?:[1-9]\d{0,14}|current)$/;

/** The two of a comparison, as a query names them. */
export const between = ({ from, to }: z.output<typeof CompareQuery>) => ({
  from: from === undefined ? undefined : versionOf(from),
  to: versionOf(to),
});

export const versionOf = (text: string): VersionName => (text === "current" ? text : Number(text));

export const VersionNameSchema = z
  .string()
  .regex(VERSION, "must be the number of a version, or current")
  .meta({ example: "1" });

/** Which two states are compared. */
export const CompareQuery = z.strictObject({
  from: VersionNameSchema.optional().register(z.globalRegistry, {
    description: "The number of the earlier version; the one before `to` when left out",
  }),
  to: VersionNameSchema.default("current").register(z.globalRegistry, {
    description: "The number of the later version, or `current`",
  }),
});

const headFields = {
  version: z.int().meta({ example: 3, description: "Its number: the `version` that the resource had" }),
  changedFields: z.array(z.string()).meta({
    example: ["title"],
    description: "The fields that differ from the version before; none for the first",
  }),
  changedBy: WhoSchema.nullable().register(z.globalRegistry, {
    description: "Whoever made it; null from before that was noted",
  }),
  changedAt: TimestampSchema.meta({ description: "When it was made" }),
  replacedAt: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When the next one took its place; null for the current version",
  }),
  restoredFrom: z
    .int()
    .nullable()
    .register(z.globalRegistry, { description: "The version it brought back; null for any other change" }),
  size: z.int().meta({ description: "What it takes, in bytes" }),
};

export const VersionSchema = z.object(headFields).openapi("Version");

/** A version as a caller sees it, who may be kept from personal fields of the resource: also from when they were changed. */
export const toVersion = (
  ctx: Ctx,
  resource: string,
  { change, ...head }: ToldHead,
): z.output<typeof VersionSchema> => ({
  version: head.version,
  changedFields: visibleFields(ctx.caller, resource, change?.fields ?? []),
  changedBy: head.who,
  changedAt: timestamp(head.changedAt),
  replacedAt: timestampOrNull(head.replacedAt),
  restoredFrom: change?.restored ?? null,
  size: head.size,
});

/** A version with the whole resource as it was, under the resource's name. */
export const wholeVersion = (name: string, label: string, schema: z.ZodObject) =>
  z.object({ ...headFields, [name]: schema }).openapi(`${label}Version`);

/** There are fifty at most: they have one order. */
export const ListVersionsQuery = listQuery(["version"], {});

export const DifferenceSchema = z
  .object({
    path: z.string().meta({
      example: "blocks[1].props.title",
      description: "What differs. Entries of lists are counted from 0: as in `to`, or as in `from` where removed",
    }),
    change: z
      .enum(["added", "removed", "changed", "moved"])
      .meta({ example: "changed", description: "What became of it" }),
    type: z
      .string()
      .optional()
      .register(z.globalRegistry, { example: "HeroSection", description: "The type of the block it is in" }),
    from: z.int().optional().register(z.globalRegistry, { description: "Of a list's entry: its place before" }),
    to: z.int().optional().register(z.globalRegistry, { description: "Of a list's entry: its place afterwards" }),
    before: z.unknown().optional().register(z.globalRegistry, { description: "What it was; left out of a long text" }),
    after: z.unknown().optional().register(z.globalRegistry, { description: "What it is; left out of a long text" }),
    text: z
      .array(
        z
          .object({
            change: z.enum(["same", "added", "removed"]).meta({ description: "What became of these words" }),
            text: z.string().meta({ description: "The words; of many that stay, those next to a change" }),
          })
          .openapi("TextPart"),
      )
      .optional()
      .register(z.globalRegistry, { description: "Of a text: its parts, in order" }),
  })
  .openapi("Difference");

export const ComparisonSchema = z
  .object({
    from: z.int().meta({ description: "The version that is compared" }),
    to: z.int().meta({ description: "The version it is compared with" }),
    changedFields: z.array(z.string()).meta({ description: "The fields that differ", example: ["title"] }),
    changes: z.array(DifferenceSchema).meta({ description: "All that differs" }),
  })
  .openapi("Comparison");

export const toComparison = ({ from, to, fields, changes }: Compared): z.output<typeof ComparisonSchema> => ({
  from,
  to,
  changedFields: fields,
  changes,
});
