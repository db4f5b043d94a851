import { signLink } from "../core/links.ts";
import type { Env } from "../env.ts";

/** Addresses are told apart without their case: so does everybody who delivers mail. */
export const bareAddress = (address: string): string => address.trim().toLowerCase();

/** A keyed hash of an address: it finds the mails to somebody who is known already, and tells nobody else who that is. */
export async function recipientHash(env: Env, address: string): Promise<string> {
  const signed = await signLink(env, "mail:recipient", bareAddress(address));
  return signed.slice(signed.indexOf(".") + 1);
}
