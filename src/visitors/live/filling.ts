import type { Env } from "../../env.ts";
import type { Html } from "../../rendering/blocks/kit.ts";
import type { Rendered } from "../../rendering/document.ts";
import type { LiveQuery } from "../../rendering/live-marker.ts";
import type { PublicSite } from "../site.ts";

/** A page that is being filled. */
export interface Filled {
  env: Env;
  site: PublicSite;
  locale: string;
  origin: string;
}

/** What was found: HTML for each query, in their order, and what else the page has by it. */
export interface Filling extends Pick<Rendered, "extras" | "products"> {
  contents: Html[];
}

/** Looks up what the blocks of a page ask for, all of them at once. */
export type Filler<Query extends LiveQuery = LiveQuery> = (at: Filled, queries: Query[]) => Promise<Filling>;
