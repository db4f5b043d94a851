import { seal, unseal } from "../core/vault.ts";
import type { Env } from "../env.ts";
import type { EndpointRow } from "./lease.ts";

const contextOf = (endpointId: number): string => `webhook:${endpointId}`;

/** A secret as the endpoint's row keeps it. */
export const sealSecret = (env: Env, endpointId: number, secret: string): Promise<string> =>
  seal(env, contextOf(endpointId), secret);

/** The secrets that sign for an endpoint: its own, and for a day after a rotation the one before. */
export async function secretsOf(
  env: Env,
  endpoint: Pick<EndpointRow, "id" | "secret" | "previousSecret" | "previousSecretUntil">,
  now: number,
): Promise<string[]> {
  const { id, secret, previousSecret, previousSecretUntil } = endpoint;
  const isBoth = previousSecret !== null && now < (previousSecretUntil ?? 0);
  const sealed = isBoth ? [secret, previousSecret] : [secret];
  return Promise.all(sealed.map((it) => unseal(env, contextOf(id), it)));
}
