import { seal, unseal } from "../core/vault.ts";
import type { Env } from "../env.ts";
import type { EndpointRow } from "./lease.ts";

const contextOf = (endpointId: number): string => `webhook:${endpointId}`;

/** A secret as the endpoint's row keeps it: encrypted by the vault, for this endpoint only. */
export const encryptSecret = (env: Env, endpointId: number, secret: string): Promise<string> =>
  seal(env, contextOf(endpointId), secret);

/** The secrets that sign for an endpoint: its own, and for a day after a rotation the one before. */
export async function signingSecrets(
  env: Env,
  endpoint: Pick<EndpointRow, "id" | "secret" | "previousSecret" | "previousSecretUntil">,
  now: number,
): Promise<string[]> {
  const { id, secret, previousSecret, previousSecretUntil } = endpoint;
  const signsToo = previousSecret !== null && now < (previousSecretUntil ?? 0);
  const encrypted = signsToo ? [secret, previousSecret] : [secret];
  return Promise.all(encrypted.map((it) => unseal(env, contextOf(id), it)));
}
