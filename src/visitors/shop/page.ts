import type { Exchange } from "../../core/http/exchange.ts";
import type { Env } from "../../env.ts";
import type { Rendered } from "../../rendering/document.ts";
import type { ShopPlace } from "../frame.ts";
import type { PublicSite } from "../site.ts";

/** A visitor at a page of a shop. */
export interface ShopVisit {
  env: Env;
  request: Request;
  site: PublicSite;
  locale: string;
  /** What stands in the path for the `*` of its entry: a slug, an id; `""` where there is none. */
  name: string;
}

/** A page of a shop before its frame is around it. */
export interface ShopDocument {
  rendered: Rendered;
  place: ShopPlace;
  status?: number;
  headers?: Record<string, string>;
}

/** A page, an answer of any other kind, or `null` where there is nothing. */
type Answered = Promise<ShopDocument | Response | null>;

/** What there is at a path of a shop. */
export interface ShopPage {
  get(visit: ShopVisit): Answered;
  /** What a form is sent to. In a preview no form is sent. */
  post?(visit: ShopVisit & { exchange: Exchange }): Answered;
  /** The form places an order, which is counted in a bucket of its own (document 004). */
  isCheckout?: boolean;
}
