/** Props that hold an address, by their name: `href`, `imageUrl`, `ctaLink`. */
const ADDRESS_NAME = /(?:href|url|uri|src|link|action)$/i;

/** Schemes a browser runs; it overlooks white space and control characters before and within them. */
const RUNS_SCRIPT = /^(?:javascript|vbscript|data:(?!image\/(?:png|jpeg|gif|webp|avif)[;,]))/i;

/** Whether following the address would run script. */
export const runsScript = (address: string): boolean =>
  RUNS_SCRIPT.test(address.replace(/[\s\p{C}]/gu, "").slice(0, 40)) && address.includes(":");

/** Paths of the addresses in a block's props that would run script. */
export function scriptAddresses(value: unknown, path: PropertyKey[] = []): PropertyKey[][] {
  if (typeof value === "string") {
    const name = path.findLast((part) => typeof part === "string");
    return ADDRESS_NAME.test(String(name ?? "")) && runsScript(value) ? [path] : [];
  }
  if (Array.isArray(value)) return value.flatMap((child, index) => scriptAddresses(child, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => scriptAddresses(child, [...path, name]));
}
