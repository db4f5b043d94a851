import type { z } from "@hono/zod-openapi";
import { conflict, invalid } from "../../../core/errors.ts";
import { sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { lifeOf, pointsOf, ruleFor } from "../rules/earning.ts";
import type { AdjustSchema, EarnSchema } from "./contract.ts";
import { showStaged } from "./contract.ts";
import { takable } from "./lots.ts";
import { enter, findMember } from "./write.ts";

type Earning = z.output<typeof EarnSchema>;

interface Earned {
  points: number;
  activeAt: number;
  expiresAt: number | null;
}

/** What a body gives: its points, or what the rule of its currency makes of its amount. */
async function earnedBy(ctx: Ctx, siteId: string, body: Earning): Promise<Earned> {
  const { points, amount, currency } = body;
  if (points !== undefined) return { points, activeAt: ctx.now, expiresAt: null };
  const rule = await ruleFor(ctx, siteId, currency as string);
  if (!rule) throw invalid("currency", `has no earning rule: ${currency}`);
  const earned = pointsOf(rule, amount as number);
  if (earned === 0) throw invalid("amount", "is too little to earn a point");
  return { points: earned, ...lifeOf(rule, ctx.now) };
}

/** Throws where points would never be there to spend. */
function checkLife({ activeAt, expiresAt }: Earned, now: number): void {
  if (activeAt < now) throw invalid("activeAt", "must not be past");
  if (expiresAt !== null && expiresAt <= activeAt) {
    throw invalid("expiresAt", "must be later than the points become active");
  }
}

/** Gives a member points; they count towards the tier. */
export async function earnPoints({ ctx, input }: { ctx: Ctx; input: { siteId: string; body: Earning } }) {
  const { siteId, body } = input;
  const member = await findMember(ctx, siteId, body.memberId);
  const byRule = await earnedBy(ctx, siteId, body);
  const { points, ...life } = {
    ...byRule,
    ...(body.activeAt !== undefined && { activeAt: body.activeAt }),
    ...(body.expiresAt !== undefined && { expiresAt: body.expiresAt }),
  };
  checkLife({ points, ...life }, ctx.now);
  const entry = enter(ctx, member, { kind: "earn", points, lifetime: points, description: body.description, ...life });
  return showStaged(entry, points);
}

/** Gives or takes points by hand; the tier stays. Nobody is left with less than none. */
export async function adjustPoints({
  ctx,
  input: { siteId, body },
}: {
  ctx: Ctx;
  input: { siteId: string; body: z.output<typeof AdjustSchema> };
}) {
  const { points, description, expiresAt = null } = body;
  const member = await findMember(ctx, siteId, body.memberId);
  if (points < 0) {
    if (expiresAt !== null) throw invalid("expiresAt", "is for points that are given");
    const few = conflict("points", `The member has ${member.points} points to take from.`);
    ctx.unit.require(sql`${takable({ memberId: member.id, now: ctx.now, first: null })} >= ${-points}`, few);
  } else checkLife({ points, activeAt: ctx.now, expiresAt }, ctx.now);
  return showStaged(enter(ctx, member, { kind: "adjust", points, description, expiresAt }), points);
}
