import type { Env } from "../../env.ts";

/** Whether a host is the service's own: one of `API_HOSTS`, or of the domain Cloudflare gives to Workers. No site may have it. */
export const isOwnHost = ({ API_HOSTS }: Env, host: string): boolean =>
  /(?:^|\.)workers\.dev$|^localhost$/.test(host) || API_HOSTS.split(",").some((it) => it.trim().toLowerCase() === host);
