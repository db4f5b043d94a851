import { eq } from "drizzle-orm";
import { type Database, databaseOf } from "../core/storage/database.ts";
import type { Tenant } from "../core/work/scheduler.ts";
import { seal, toBase64Url, unseal } from "../core/vault.ts";
import type { Env } from "../env.ts";
import { pushKeys } from "./table.ts";

/** Whose keys they are. */
export interface Sender extends Tenant {
  siteId: string;
}

/** A site's key pair for RFC 8292, both in base64url: the point, and the private scalar (`d` of a JWK). */
export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

const CURVE = { name: "ECDSA", namedCurve: "P-256" };

/** How the vault is told whose key it seals. */
const contextOf = (siteId: string): string => `push-key:${siteId}`;

async function makeKeys(): Promise<VapidKeys> {
  const pair = (await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"])) as CryptoKeyPair;
  const point = (await crypto.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer;
  const { d } = (await crypto.subtle.exportKey("jwk", pair.privateKey)) as JsonWebKey;
  return { publicKey: toBase64Url(new Uint8Array(point)), privateKey: d as string };
}

async function findRow(db: Database, siteId: string) {
  const [row] = await db.select().from(pushKeys).where(eq(pushKeys.siteId, siteId));
  return row ?? null;
}

/** The row of a site's keys, made when they are first asked for. Of several that make them at once one is the first. */
async function keyRow(env: Env, { siteId, workspaceId, environment }: Sender) {
  const db = databaseOf(env, workspaceId);
  const found = await findRow(db, siteId);
  if (found) return found;
  const { publicKey, privateKey } = await makeKeys();
  const sealed = await seal(env, contextOf(siteId), privateKey);
  await db
    .insert(pushKeys)
    .values({ siteId, workspaceId, environment, publicKey, privateKey: sealed })
    .onConflictDoNothing();
  return (await findRow(db, siteId)) as NonNullable<Awaited<ReturnType<typeof findRow>>>;
}

/** What pages of a site subscribe with: the same for good, since every subscription is bound to it. */
export const publicKeyOf = async (env: Env, sender: Sender): Promise<string> => (await keyRow(env, sender)).publicKey;

/** Both keys of a site, for sending. */
export async function vapidKeysOf(env: Env, sender: Sender): Promise<VapidKeys> {
  const { publicKey, privateKey } = await keyRow(env, sender);
  return { publicKey, privateKey: await unseal(env, contextOf(sender.siteId), privateKey) };
}
