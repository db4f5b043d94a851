import { signLink, verifyLink } from "../../core/links.ts";
import type { Env } from "../../env.ts";

/** What a customer confirms from a mail. */
type Confirmed = "booking" | "reservation";

interface Named {
  siteId: string;
  id: string;
}

const contextOf = (what: Confirmed, siteId: string): string => `${what}-mail:${siteId}`;

/**
 * Proves that whoever shows it has read a mail: no page and no answer says it. A link that opens a booking is given to
 * whoever books, at whatever address he has typed; only with this beside it the booking is confirmed.
 */
export const mailedProof = (env: Env, what: Confirmed, { siteId, id }: Named): Promise<string> =>
  signLink(env, contextOf(what, siteId), id);

/** Whether a text is that proof. */
export const isMailed = (env: Env, what: Confirmed, { siteId, id }: Named, proof: string): Promise<boolean> =>
  verifyLink(env, contextOf(what, siteId), id, proof);
