import { eq } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Collector } from "../ledger/write.ts";
import type { RuleRow } from "../rules/table.ts";
import { MEMBERS } from "./resource.ts";
import { members } from "./table.ts";

/** Who has bought or booked something. */
interface Customer {
  siteId: string;
  name: string;
  email: string;
}

/** The member of a customer's e-mail address; made one where the rule says so, `null` where there is none. */
export async function collectorOf(ctx: Ctx, customer: Customer, { enrols }: RuleRow): Promise<Collector | null> {
  const { siteId, name } = customer;
  const email = customer.email.toLowerCase();
  const isIt = scoped(ctx, members, eq(members.siteId, siteId), eq(members.email, email));
  const [row] = await ctx.db.select().from(members).where(isIt);
  if (row || !enrols) return row ?? null;
  const { id } = await MEMBERS.verbs.create({ ctx, input: { siteId, body: { email, name } } });
  // Somebody was faster: run again, the customer is found.
  ctx.unit.onDuplicate([members.siteId, members.email], new ConcurrentChange());
  return { id, siteId, changesAt: null, isNew: true };
}
