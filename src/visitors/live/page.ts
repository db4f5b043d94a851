import type { Exchange } from "../../core/http/exchange.ts";
import type { IpLimitName } from "../../core/limits/ip-limits.ts";
import type { Env } from "../../env.ts";
import type { Rendered } from "../../rendering/document.ts";
import type { PublicSite } from "../site.ts";

/** A part of a website whose pages say what there is now: its shop, what can be booked. */
export interface Root {
  /** Where it begins, below the site and each of its languages: `shop`. */
  slug: string;
  /** What it is called, in a language of visitors. */
  title(locale: string): string;
}

export interface Section extends Root {
  /** Its pages by their paths below it; a `*` is any one segment. */
  pages: Readonly<Record<string, LivePage>>;
}

/** Where a page of a section lies. */
export interface Place {
  root: Root;
  /** Below the site's language: `shop/products/rye`. */
  slug: string;
  /** What its address has besides, such as `?after=…`; nothing where it is left out. */
  query?: string;
  /** The steps from the section to it, itself included; none of the section itself. */
  steps: { title: string; slug: string }[];
  /** Shown to one visitor alone: it has no address for anybody else. */
  isPrivate?: boolean;
}

/** A visitor at a page of a section. */
export interface LiveVisit {
  env: Env;
  request: Request;
  site: PublicSite;
  locale: string;
  /** What stands in the path for the `*` of its entry: a slug, an id; `""` where there is none. */
  name: string;
}

/** A page before its frame is around it. */
export interface LiveDocument {
  rendered: Rendered;
  place: Place;
  status?: number;
  headers?: Record<string, string>;
}

/** A page, an answer of any other kind, or `null` where there is nothing. */
type Answered = Promise<LiveDocument | Response | null>;

/** What comes with a form that is sent. */
export interface Posted {
  exchange: Exchange;
  /** Whether a visitor finds something at a path below the site. */
  isThere(path: string): Promise<boolean>;
}

/** What there is at a path of a section. */
export interface LivePage {
  get(visit: LiveVisit): Answered;
  /** What a form is sent to. In a preview no form is sent. */
  post?(visit: LiveVisit & Posted): Answered;
  /** Takes forms from anywhere, which pages of other hosts may send: nothing but the signed link of its address allows it. */
  isOpen?: boolean;
  /** What a form is counted in, by the visitor's address: `frontend` where it has no bucket of its own. */
  bucket?: IpLimitName;
}
