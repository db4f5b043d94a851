import { signLink, verifyLink } from "../../../core/links.ts";
import { toBase64Url } from "../../../core/vault.ts";
import type { Env } from "../../../env.ts";

/** How long people take to fill in anything, at least. */
export const MIN_FILL_MS = 2_000;
/** How long a form may be open before it is sent. */
export const MAX_OPEN_MS = 24 * 3_600_000;

const TOKEN = /^([1-9]\d{12,13})-([A-Za-z0-9_-]{16})\.(.{1,80})$/;
const NONCE_BYTES = 12;

const contextOf = ({ siteId, key }: Shown): string => `form:${siteId}:${key}`;

/** A form of a site, by its key. */
interface Shown {
  siteId: string;
  key: string;
}

/**
 * Says when a form was shown: the moment, what tells this showing from all others, and a signature over both. It is made
 * when a page is read, so that pages that are kept for long have one of now, and no cookie is needed.
 */
export async function showingToken(env: Env, shown: Shown, now: number): Promise<string> {
  const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
  const text = `${now}-${nonce}`;
  return `${text}.${await signLink(env, contextOf(shown), text)}`;
}

/** What a token that comes back says: which showing it was, or why it does not count. One that is forged counts as old. */
export async function readToken(
  env: Env,
  shown: Shown,
  token: string,
  now: number,
): Promise<{ showing: string } | { again: "early" | "expired" }> {
  const [, at, nonce, signature] = TOKEN.exec(token) ?? [];
  if (!at || !nonce || !signature) return { again: "expired" };
  const text = `${at}-${nonce}`;
  if (!(await verifyLink(env, contextOf(shown), text, signature))) return { again: "expired" };
  const open = now - Number(at);
  if (open > MAX_OPEN_MS || open < 0) return { again: "expired" };
  return open < MIN_FILL_MS ? { again: "early" } : { showing: text };
}
