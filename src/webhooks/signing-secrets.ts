import { seal, unseal } from "../core/vault.ts";
import type { Env } from "../env.ts";

/** A row that signs: its secret, sealed, and for a while after a rotation the one before. */
export interface SigningRow {
  secret: string;
  previousSecret: string | null;
  /** In milliseconds. */
  previousSecretUntil: number | null;
}

const HOUR_MS = 3_600_000;

/** How the vault is told whose secret it seals: what was sealed for one cannot be opened as another's. */
export const endpointContext = (endpointId: number): string => `webhook:${endpointId}`;

/** A secret as the endpoint's row keeps it: encrypted by the vault, for this endpoint only. */
export const encryptSecret = (env: Env, endpointId: number, secret: string): Promise<string> =>
  seal(env, endpointContext(endpointId), secret);

/** The secrets a row signs by, or is signed by: its own, and until its time the one before. */
export async function signingSecrets(env: Env, context: string, row: SigningRow, now: number): Promise<string[]> {
  const { secret, previousSecret, previousSecretUntil } = row;
  const holdsToo = previousSecret !== null && now < (previousSecretUntil ?? 0);
  const encrypted = holdsToo ? [secret, previousSecret] : [secret];
  return Promise.all(encrypted.map((it) => unseal(env, context, it)));
}

/** The columns of a row without a former secret. */
export const NO_PREVIOUS = { previousSecret: null, previousSecretUntil: null };

/** The columns of a row that gets another secret; for the grace, in hours, the former one holds as well. */
export async function rotated(
  env: Env,
  context: string,
  { before, secret, graceHours, now }: { before: SigningRow; secret: string; graceHours: number; now: number },
): Promise<SigningRow> {
  const previous = { previousSecret: before.secret, previousSecretUntil: now + graceHours * HOUR_MS };
  return { secret: await seal(env, context, secret), ...(graceHours > 0 ? previous : NO_PREVIOUS) };
}
