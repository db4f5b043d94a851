import { exports } from "cloudflare:workers";
import { freshAddress } from "../../security/world.ts";
import type { VisitedSite } from "../world.ts";

const ORIGIN = "https://api.example.com";

/** A page as a browser has it: where it ended up, and what is on it. */
export interface Loaded {
  status: number;
  path: string;
  text: string;
  headers: Headers;
}

/** A visitor's browser: keeps cookies by their path, follows 303, sends forms with what the pages' hidden fields say. */
export class Browser {
  readonly cookies = new Map<string, { value: string; path: string }>();
  readonly ip = freshAddress();

  constructor(private readonly site: Pick<VisitedSite, "slug">) {}

  private cookiesFor(path: string): string {
    const sent = [...this.cookies].filter(([, it]) => path.startsWith(it.path));
    return sent.map(([name, { value }]) => `${name}=${value}`).join("; ");
  }

  private keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /; Path=([^;]+)/.exec(line)?.[1] ?? "/";
      if (/; Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, { value, path });
    }
  }

  /** One request, whose answer is not followed. `path` is below the host. */
  async send(method: string, path: string, headers: Record<string, string>, body?: BodyInit): Promise<Response> {
    const cookie = this.cookiesFor(path);
    const all = { "CF-Connecting-IP": this.ip, ...(cookie && { Cookie: cookie }), ...headers };
    const init: RequestInit = { method, headers: all, redirect: "manual", ...(body !== undefined && { body }) };
    const response = await exports.default.fetch(new Request(ORIGIN + path, init));
    this.keep(response.headers);
    return response;
  }

  private async loaded(path: string, response: Response): Promise<Loaded> {
    const location = response.headers.get("Location");
    if (response.status === 303 && location) return this.load(location);
    return { status: response.status, path, text: await response.text(), headers: response.headers };
  }

  /** Loads a page by its path below the host. */
  async load(path: string): Promise<Loaded> {
    return this.loaded(path, await this.send("GET", path, {}));
  }

  /** The same by its path below the site. */
  visit = (path: string): Promise<Loaded> => this.load(`/s/${this.site.slug}${path}`);

  /** Sends a form of a page of the site, and follows where it leads. */
  async submit(path: string, fields: Record<string, string>): Promise<Loaded> {
    const at = path.startsWith("/s/") ? path : `/s/${this.site.slug}${path}`;
    return this.loaded(at, await this.send("POST", at, OWN, new URLSearchParams(fields)));
  }
}

/** What a browser says of a form of the page's own host. */
export const OWN = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };

/** The hidden fields of a page's forms. */
export const hiddenIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [
      name as string,
      value as string,
    ]),
  );
