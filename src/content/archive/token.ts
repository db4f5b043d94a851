import { DomainError, notFound } from "../../core/errors.ts";
import { seal, unseal } from "../../core/vault.ts";
import type { Env } from "../../env.ts";

/** What an address without a key lets its holder do, and until when. */
export interface Grant {
  deed: "download" | "upload";
  /** The object in the bucket. */
  key: string;
  workspaceId: number;
  /** The key it was given to: it ends with that; `null` for work of ours. */
  keyId: number | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const CONTEXT = "archive-address";

/** The part of an address that says what it is for; nobody can read or change it. */
export const tokenOf = (env: Env, grant: Grant): Promise<string> => seal(env, CONTEXT, JSON.stringify(grant));

/** What a token grants; throws `not_found` for one that is not ours, is for something else, or is over. */
export async function grantOf(env: Env, token: string, deed: Grant["deed"], now: number): Promise<Grant> {
  try {
    const grant = JSON.parse(await unseal(env, CONTEXT, token)) as Grant;
    if (grant.deed === deed && grant.expiresAt > now) return grant;
  } catch (error) {
    if (error instanceof DomainError) throw error;
  }
  throw notFound("Archive");
}
