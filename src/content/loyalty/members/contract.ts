import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { EmailSchema, line } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";

/** Nobody has two mailboxes that differ in the case of their letters. */
export const MemberEmailSchema = EmailSchema.toLowerCase();

const fields = {
  email: MemberEmailSchema,
  name: line(200).nullable().register(z.globalRegistry, { example: "Ada Baker" }),
};
export const PERSONAL_MEMBER_FIELDS = Object.keys(fields) as (keyof typeof fields)[];

/** What is of the person is left out for keys that may not see it. */
export const MemberSchema = itemSchema("LoyaltyMember", "mem_01KAGW6PSZ0000000000000000", {
  ...z.object(fields).partial().shape,
  points: z.int().min(0).meta({ example: 320, description: "Points that can be spent now" }),
  pendingPoints: z.int().min(0).meta({ example: 40, description: "Points that were earned and cannot be spent yet" }),
  lifetimePoints: z.int().min(0).meta({
    example: 1_280,
    description: "Points ever earned, less those that were reversed; spending and expiry do not count",
  }),
  tier: z.string().nullable().register(z.globalRegistry, {
    example: "Silver",
    description: "The highest tier that the lifetime points reach; null when there is none",
  }),
});

export const MemberBodies = bodiesOf({
  label: "LoyaltyMember",
  fields,
  defaults: { name: null },
  examples: { create: { email: "ada@example.com", name: "Ada Baker" }, update: { name: "Ada Lovelace" } },
});

export const ListMembersQuery = listQuery(["createdAt", "updatedAt", "lifetimePoints"], {
  search: SearchSchema.optional(),
  email: MemberEmailSchema.optional().register(z.globalRegistry, {
    description: "Only the member of this e-mail address",
  }),
  tier: line(60).optional().register(z.globalRegistry, { description: "Only members of the tier of this name" }),
});
