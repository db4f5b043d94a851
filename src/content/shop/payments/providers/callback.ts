import { and, eq } from "drizzle-orm";
import { DomainError } from "../../../../core/errors.ts";
import { parseText, readBytes } from "../../../../core/http/body.ts";
import { parseWith } from "../../../../core/http/validate.ts";
import { databaseOf } from "../../../../core/storage/database.ts";
import { attempted } from "../../../../core/work/attempts.ts";
import type { Ctx } from "../../../../core/work/context.ts";
import { jobCaller } from "../../../../core/work/job-context.ts";
import { UnitOfWork } from "../../../../core/work/unit-of-work.ts";
import { wakeIdle } from "../../../../core/work/wake-idle.ts";
import { verifiedMessage } from "../../../../webhooks/signature.ts";
import { CallbackSchema } from "../contract.ts";
import { receivePayment } from "../receive.ts";
import type { PaymentRow } from "../table.ts";
import { providerSecrets } from "./service.ts";
import { type ProviderRow, paymentProviders } from "./table.ts";

/** A message says little: what is longer is none. */
const BODY = { maxBytes: 16_000, deadlineMs: 10_000 };

/** Whatever is wrong with a message's sender or signature, this is all that is said of it. */
const notGenuine = (): DomainError =>
  new DomainError("bad_request", "The signature of this message is not valid.", { reason: "invalid_signature" });

/** The context of what a provider's message brings about, within the provider's workspace. */
function contextOf({ env, now, requestId, ip, origin }: Ctx, provider: ProviderRow): Ctx {
  const caller = jobCaller(provider, `payment_provider:${provider.id}`, "enterprise");
  const db = databaseOf(env, caller.workspaceId);
  const unit = new UnitOfWork(db, { caller, now, ip, requestId, wake: (idle) => wakeIdle(env, provider, idle) });
  return { env, db, caller, now, requestId, callId: requestId, ip, origin, unit };
}

/** Receives a provider's message: genuine, of now, and whole; otherwise nothing of it is looked at. Commits what it says. */
export async function receiveCallback({
  ctx,
  input: { siteId, id },
  request,
}: {
  ctx: Ctx;
  input: { siteId: string; id: string };
  request: Request;
}): Promise<PaymentRow> {
  const bytes = await readBytes(request, BODY);
  const isIt = and(eq(paymentProviders.id, id), eq(paymentProviders.siteId, siteId));
  const [provider] = await ctx.db.select().from(paymentProviders).where(isIt);
  if (!provider?.active) throw notGenuine();
  const secrets = await providerSecrets(ctx, provider, ctx.now);
  const body = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes);
  const message = await verifiedMessage({ headers: request.headers, body }, secrets, ctx.now);
  if (!message) throw notGenuine();
  const callback = parseWith(CallbackSchema, parseText(request, bytes, {}), "body");
  const at = contextOf(ctx, provider);
  return attempted(at.unit, async () => {
    const told = { siteId, provider: id, messageId: message.id, callback };
    const payment = await receivePayment(at, told);
    await at.unit.commit();
    return payment;
  });
}
