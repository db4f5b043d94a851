import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../core/work/context.ts";
import { zoned } from "../../../core/zoned.ts";
import type { SlotSchema } from "./contract.ts";
import { slotsOfDay } from "./slots.ts";

/** The slots of a day as the API shows them: by the website's clock. */
export async function listSlots({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; serviceId: string; date: string; staffId?: string | undefined; people: number };
}): Promise<z.input<typeof SlotSchema>[]> {
  const { zone, slots } = await slotsOfDay(ctx, input);
  const clock = await zoned();
  return slots.map(({ startAt, endAt, staffId, capacity, left }) => ({
    startTime: clock.isoOf(zone, startAt),
    endTime: clock.isoOf(zone, endAt),
    available: left >= input.people,
    staffId,
    capacity,
    left,
  }));
}
