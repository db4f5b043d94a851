import type { Extra } from "../../rendering/page/extras.ts";
import type { Html } from "../../rendering/blocks/kit.ts";
import type { LiveDocument, LiveVisit, Root } from "../live/page.ts";
import { addressBelow, privatePage } from "../live/visitor.ts";

const EXTRAS: readonly Extra[] = ["booking.css"];

interface Shown {
  title: string;
  main: Html;
  status?: number;
}

/** A page of what can be booked: the same for everybody, as it is now. */
export function publicDocument(
  root: Root,
  below: string,
  { title, description, main }: Shown & { description: string | null },
): LiveDocument {
  const slug = below === "" ? root.slug : `${root.slug}/${below}`;
  return {
    place: { root, slug, steps: below === "" ? [] : [{ title, slug }] },
    rendered: { title, description, image: null, isHidden: false, type: "website", main: String(main), extras: EXTRAS },
  };
}

/**
 * A form that is about to be filled in. Whoever goes back to it finds the one that was sent, not a new one: a browser
 * takes it from what it has kept, which `no-store` would forbid.
 */
export function formDocument(root: Root, below: string, shown: Shown): LiveDocument {
  return ofOne(root, below, shown, { "Cache-Control": "private, no-cache" });
}

/** A page behind a link: its address is what opens it, and told to no other. */
export const linkedDocument = (root: Root, below: string, shown: Shown): LiveDocument =>
  ofOne(root, below, shown, { "Referrer-Policy": "no-referrer" });

function ofOne(root: Root, below: string, { title, main, status = 200 }: Shown, headers: object): LiveDocument {
  const page = privatePage(root, below, { title, main: String(main), status, headers });
  return { ...page, rendered: { ...page.rendered, extras: EXTRAS } };
}

/** The address of a page of a section with what it is asked for. */
export function addressWith(
  root: Root,
  visit: Pick<LiveVisit, "site" | "locale">,
  below: string,
  query: Readonly<Record<string, string | number>> = {},
): string {
  const named = Object.entries(query).filter(([, value]) => value !== "");
  const text = new URLSearchParams(named.map(([name, value]) => [name, String(value)])).toString();
  const address = addressBelow(root, visit, below);
  return text === "" ? address : `${address}?${text}`;
}
