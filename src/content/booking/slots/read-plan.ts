import { and, eq, gte, isNull, lte, type SQL } from "drizzle-orm";
import { invalid } from "../../../core/errors.ts";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { zoneOf } from "../../../core/zoned.ts";
import { findSite } from "../../sites/service.ts";
import { MAX_DAYS } from "../exceptions/rules.ts";
import { exceptions } from "../exceptions/table.ts";
import { type ServiceRow, services } from "../services/table.ts";
import { weekOf } from "../settings/settings.ts";
import { staff } from "../staff/table.ts";
import type { Exception, Plan, Who } from "./plan.ts";

const DAY_MS = 86_400_000;

const NOBODY: Who = { id: null, hours: null };

/** What is asked of a service: with whom, and on which local days. */
export interface Asked {
  siteId: string;
  serviceId: string;
  staffId?: string | undefined;
  from: string;
  to: string;
  /** For an appointment that is booked: it can move when nobody else can book its service any more. */
  evenInactive?: boolean;
}

/**
 * What decides on the slots of a service on some days. A service that nobody can book, and staff that does not do it, are
 * 400.
 */
export async function readPlan(ctx: Ctx, asked: Asked): Promise<Plan & { service: ServiceRow }> {
  const { siteId, serviceId, evenInactive = false } = asked;
  const isIt = scoped(ctx, services, eq(services.siteId, siteId), eq(services.id, serviceId));
  const [site, [service]] = await Promise.all([findSite(ctx, siteId), ctx.db.select().from(services).where(isIt)]);
  if (!service || !(service.active || evenInactive))
    throw invalid("serviceId", "is not a service of this site that can be booked");
  const who = await whoDoes(ctx, service, asked.staffId);
  const found = await exceptionsBetween(ctx, asked, who);
  return { zone: zoneOf(site.settings), service, who, week: weekOf(site), exceptions: found };
}

/** Who can do a service, in its order: of its staff those who are active. */
async function whoDoes(ctx: Ctx, { siteId, staffIds }: ServiceRow, staffId: string | undefined): Promise<Who[]> {
  if (staffId !== undefined && !staffIds?.includes(staffId)) throw invalid("staffId", "does not do this service");
  if (staffIds === null) return [NOBODY];
  const ids = staffId === undefined ? staffIds : [staffId];
  const areThey = scoped(ctx, staff, eq(staff.siteId, siteId), eq(staff.active, true), isListed(staff.id, ids));
  const { id, hours } = staff;
  const found = await ctx.db.select({ id, hours }).from(staff).where(areThey);
  if (staffId !== undefined && found.length === 0) throw invalid("staffId", "cannot be booked");
  return ids.flatMap((it) => found.find((one) => one.id === it) ?? []);
}

/** The exceptions of a website and of some of its staff that can matter on days: also the day before, and what goes on after. */
async function exceptionsBetween(ctx: Ctx, { siteId, from, to }: Asked, who: readonly Who[]): Promise<Exception[]> {
  const day = (date: string, days: number) => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
  const isThen = and(
    gte(exceptions.startDate, day(from, -1 - MAX_DAYS)),
    lte(exceptions.startDate, day(to, 2)),
    gte(exceptions.endDate, day(from, -1)),
  );
  const { staffId, startDate, endDate, hours, createdAt } = exceptions;
  // Each by the index of whose they are: those of the others' staff are not read.
  const found = (isOfThem: SQL) =>
    ctx.db
      .select({ staffId, startDate, endDate, hours, createdAt })
      .from(exceptions)
      .where(scoped(ctx, exceptions, eq(exceptions.siteId, siteId), isOfThem, isThen));
  const ids = who.flatMap(({ id }) => id ?? []);
  const [everybodys, theirs] = await Promise.all([
    found(isNull(staffId)),
    ids.length > 0 ? found(isListed(staffId, ids)) : [],
  ]);
  return [...everybodys, ...theirs];
}
