import { CORS_HEADERS } from "../../core/http/cors.ts";
import { BANNER_STYLE } from "../../rendering/page/preview.ts";

/** The banner's style as a policy names it (CSP 3, §2.3.1). It never changes. */
let styleHash: string | null = null;

async function hashOfStyle(): Promise<string> {
  if (styleHash !== null) return styleHash;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(BANNER_STYLE));
  styleHash = `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
  return styleHash;
}

/** A site's policy with room for the banner. Its pages report no visit and send no form: nobody is visiting. */
const policyOf = (policy: string, hash: string): string =>
  policy
    .replace("style-src 'self'", `style-src 'self' ${hash}`)
    .replace(/connect-src [^;]*/, "connect-src 'none'")
    .replace(/form-action [^;]*/, "form-action 'none'");

/** An answer of a site as a preview gives it: kept by nobody, found by no search engine, its address told to nobody. */
export async function unlisted(answered: Response): Promise<Response> {
  const headers = new Headers(answered.headers);
  for (const name of ["ETag", ...Object.keys(CORS_HEADERS)]) headers.delete(name);
  headers.set("Cache-Control", "private, no-store");
  headers.set("X-Robots-Tag", "noindex");
  headers.set("Referrer-Policy", "no-referrer");
  const policy = headers.get("Content-Security-Policy");
  if (policy !== null) headers.set("Content-Security-Policy", policyOf(policy, await hashOfStyle()));
  return new Response(answered.body, { status: answered.status, headers });
}
