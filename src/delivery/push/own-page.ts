import { DomainError } from "../../core/errors.ts";

/**
 * Refuses calls that come from pages of other hosts, as the browser says: who subscribes is asked on the website itself.
 * Programs send neither header; what they could do, they could do by hand.
 */
export function requireOwnPage({ url, headers }: Request): void {
  const [origin, fetchSite] = [headers.get("Origin"), headers.get("Sec-Fetch-Site")];
  const isForeign = fetchSite !== null && fetchSite !== "same-origin" && fetchSite !== "none";
  if (!isForeign && (origin === null || origin === new URL(url).origin)) return;
  const message = "Subscriptions can only be made and ended on a page of the website itself.";
  throw new DomainError("bad_request", message, { reason: "foreign_origin" });
}
