import type { z } from "@hono/zod-openapi";
import { listShownServices, type ShownStaff, staffOf } from "../../content/booking/services/shown.ts";
import type { ServiceRow } from "../../content/booking/services/table.ts";
import { listSlots } from "../../content/booking/slots/show.ts";
import type { SlotSchema } from "../../content/booking/slots/contract.ts";
import type { ShownServiceSchema } from "../../content/booking/visitors/customer-contract.ts";
import { visitorContext } from "../../content/live/visitor.ts";
import type { Ctx } from "../../core/work/context.ts";
import { visitedSite } from "../live/visited.ts";

function shown(service: ServiceRow, staff: ReadonlyMap<string, ShownStaff>): z.input<typeof ShownServiceSchema> {
  const { id, name, description, image, durationMinutes, capacity, price, currency, noticeMinutes, horizonDays } =
    service;
  return {
    ...{ id, name, description, image, durationMinutes, capacity, price, currency, noticeMinutes, horizonDays },
    staff: (service.staffIds ?? []).flatMap((it) => staff.get(it) ?? []),
  };
}

/** What can be booked at a website. */
export async function servicesForVisitor(
  ctx: Ctx,
  named: string | undefined,
): Promise<{ items: z.input<typeof ShownServiceSchema>[] }> {
  const site = await visitedSite(ctx, named);
  const visitor = visitorContext(ctx, site);
  const services = await listShownServices(visitor, site.siteId);
  const staff = await staffOf(visitor, site.siteId, services);
  return { items: services.map((it) => shown(it, staff)) };
}

interface Asked {
  serviceId: string;
  date: string;
  staffId?: string | undefined;
  people: number;
}

/** The slots of a day, free and taken. */
export async function slotsForVisitor(
  ctx: Ctx,
  { site: named, ...asked }: Asked & { site?: string | undefined },
): Promise<{ items: z.input<typeof SlotSchema>[] }> {
  const site = await visitedSite(ctx, named);
  const { serviceId, date, staffId, people } = asked;
  const input = { siteId: site.siteId, serviceId, date, staffId, people };
  return { items: await listSlots({ ctx: visitorContext(ctx, site), input }) };
}
