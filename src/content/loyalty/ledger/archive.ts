import { z } from "@hono/zod-openapi";
import { conflict, invalid } from "../../../core/errors.ts";
import { line, MomentOrNullSchema, MomentSchema, text, timestamp, timestampOrNull } from "../../../core/fields.ts";
import { ownedBy } from "../../../core/storage/scoped.ts";
import type { ArchivedRow, Kind } from "../../archive/kind.ts";
import { idOf, parsed } from "../../archive/read-fields.ts";
import { LOYALTY } from "../loyalty.ts";
import { MEMBERS } from "../members/resource.ts";
import { ENTRY_PREFIX } from "./entry.ts";
import { LEDGER } from "./events.ts";
import { ENTRY_KINDS, type EntryRow, entries } from "./table.ts";

const MAX = Number.MAX_SAFE_INTEGER;
const count = z.int().min(0).max(MAX);
const reference = text(64).nullable();

/** An entry as archives have it; what is left and what was reversed of it is no more than it gave or took. */
const RecordSchema = z
  .object({
    memberId: text(64),
    number: z.int().min(1).max(MAX),
    kind: z.enum(ENTRY_KINDS),
    points: z.int().min(-MAX).max(MAX),
    balanceAfter: count,
    lifetime: z.int().min(-MAX).max(MAX),
    description: line(200),
    orderId: reference,
    redemptionId: reference,
    firstEntryId: reference,
    remaining: count,
    reversed: count,
    shortfall: count,
    activeAt: MomentOrNullSchema,
    expiresAt: MomentOrNullSchema,
    terms: z.object({ activeAfterDays: count, expiresAfterMonths: z.int().min(1).nullable() }).nullable(),
    createdAt: MomentSchema,
  })
  .refine(({ points, remaining }) => remaining <= Math.max(points, 0), { path: ["remaining"], message: "is too much" })
  .refine(({ points, reversed }) => reversed <= Math.abs(points), { path: ["reversed"], message: "is too much" });

function show(row: EntryRow): Record<string, unknown> {
  const { workspaceId: _, environment: __, ...kept } = row;
  const { activeAt, expiresAt, createdAt } = row;
  const times = { activeAt: timestampOrNull(activeAt), expiresAt: timestampOrNull(expiresAt) };
  return { ...kept, ...times, createdAt: timestamp(createdAt) };
}

/** The ledger in archives: members come before it, and have their figures of it. */
export const ENTRY_KIND: Kind = {
  name: "loyalty_entry",
  folder: "loyalty-entries",
  table: entries,
  siteId: entries.siteId,
  order: [entries.createdAt, entries.id],
  readable: LEDGER,
  write: LOYALTY.scopes.write,
  isPersonal: true,
  created: null,
  show: (row) => show(row as never),
  async read(value, { ctx, site }): Promise<ArchivedRow> {
    const siteId = idOf(value.siteId, "site");
    if (!site(siteId)) throw invalid("siteId", "is not a website of this archive");
    const record = parsed(RecordSchema, value);
    const memberId = idOf(record.memberId, MEMBERS.idPrefix);
    return { id: idOf(value.id, ENTRY_PREFIX), ...ownedBy(ctx), siteId, ...record, memberId };
  },
  check(ctx) {
    ctx.unit.onDuplicate(
      [entries.memberId, entries.number],
      conflict("number", "The member has such an entry already."),
    );
    ctx.unit.onDuplicate([entries.orderId], conflict("orderId", "The order has earned points already."));
  },
};
