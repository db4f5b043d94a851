import { seal } from "../../../../core/vault.ts";
import type { Ctx } from "../../../../core/work/context.ts";
import { stageChange } from "../../../../core/work/versioned.ts";
import { generateSecret } from "../../../../webhooks/secret.ts";
import { NO_PREVIOUS, rotated, type SigningRow, signingSecrets } from "../../../../webhooks/signing-secrets.ts";
import { findItem } from "../../../resource/find.ts";
import { shownBy } from "../../../resource/contract.ts";
import { createItem } from "../../../resource/write.ts";
import { PaymentProviderBodies, PaymentProviderSchema } from "./contract.ts";
import { PAYMENT_PROVIDERS } from "./resource.ts";
import { type ProviderRow, paymentProviders } from "./table.ts";

const contextOf = (id: string): string => `payment_provider:${id}`;
const show = shownBy(PaymentProviderSchema);

interface Named {
  siteId: string;
  id: string;
}

const signingRow = ({ secret, previousSecret, previousSecretExpiresAt }: ProviderRow): SigningRow => ({
  secret,
  previousSecret,
  previousSecretUntil: previousSecretExpiresAt,
});

/** What a provider's messages may be signed by. */
export const providerSecrets = (ctx: Pick<Ctx, "env">, row: ProviderRow, now: number): Promise<string[]> =>
  signingSecrets(ctx.env, contextOf(row.id), signingRow(row), now);

/** Stages a new provider; its secret is shown this once. */
export async function createProvider({ ctx, input }: { ctx: Ctx; input: { siteId: string; body: object } }) {
  const secret = generateSecret();
  const create = {
    columns: async ({ id, body }: { id: string; body: object }) => ({
      ...PaymentProviderBodies.fill(body),
      secret: await seal(ctx.env, contextOf(id), secret),
      previousSecret: null,
      previousSecretExpiresAt: null,
    }),
  };
  const row = await createItem<typeof paymentProviders>(ctx, { ...PAYMENT_PROVIDERS, create, show } as never, input);
  return { ...PAYMENT_PROVIDERS.verbs.show(ctx, row), secret };
}

/** Stages other secrets of a provider, under its lock. The audit log tells that, not what they are. */
function changeSecrets(ctx: Ctx, before: ProviderRow, to: Partial<SigningRow>, action: string): ProviderRow {
  const { previousSecretUntil = null, ...secrets } = to;
  const row = stageChange(ctx, paymentProviders, before, { ...secrets, previousSecretExpiresAt: previousSecretUntil });
  ctx.unit.audit(action, { type: "payment_provider", id: row.id, before: show(before), after: show(row) });
  return row;
}

/** Stages a new secret; for the grace the former one is taken as well, so that a provider can change over without a gap. */
export async function rotateProviderSecret({
  ctx,
  input: { secret: given, graceHours, ...named },
}: {
  ctx: Ctx;
  input: Named & { secret?: string | undefined; graceHours: number };
}) {
  const before = await findItem(ctx, PAYMENT_PROVIDERS, named);
  const secret = given ?? generateSecret();
  const rotation = { before: signingRow(before), secret, graceHours, now: ctx.now };
  const to = await rotated(ctx.env, contextOf(before.id), rotation);
  const row = changeSecrets(ctx, before, to, "payment_provider.secret_rotated");
  return { ...PAYMENT_PROVIDERS.verbs.show(ctx, row), secret };
}

/** Stages the end of the former secret's grace. */
export async function endPreviousProviderSecret({ ctx, input }: { ctx: Ctx; input: Named }) {
  const before = await findItem(ctx, PAYMENT_PROVIDERS, input);
  const row =
    before.previousSecret === null ? before : changeSecrets(ctx, before, NO_PREVIOUS, "payment_provider.secret_ended");
  return PAYMENT_PROVIDERS.verbs.show(ctx, row);
}
