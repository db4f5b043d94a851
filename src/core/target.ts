import ipaddr from "ipaddr.js";
import type { Env } from "../env.ts";

/** Where a call of ours may go, or what is wrong with the address: a phrase that follows a field's name or "The address". */
export type Target = { url: URL } | { problem: string };

const MAX_LENGTH = 2_000;
/** White space, control, format and surrogate characters, backslashes: URL parsers drop or rewrite them. */
const UNWANTED = /[\s\\\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u;
const START = /^https?:\/\/[^/?#]/i;
const USER_INFO = /^https?:\/\/[^/?#]*@/i;

/** Ports from 1024 on that the Fetch standard blocks ("bad ports"). */
const BAD_PORTS = [
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566],
  ...[6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080],
];
/** Ports of databases and of the control of machines, where a POST could do harm. */
const SERVICE_PORTS = [
  ...[1433, 1521, 3306, 5432, 5984, 6379, 9042, 9200, 9300, 11211, 27017],
  ...[2375, 2376, 2379, 2380, 3389, 5900, 5985, 5986, 6443, 10250],
];
const CLOSED_PORTS = new Set([...BAD_PORTS, ...SERVICE_PORTS]);

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const TOP_LABEL = /^([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/** Names and zones that no public DNS answers for (RFC 6761, 6762, 7686, 8375, ICANN), or that lead into machines. */
const PRIVATE_ZONES =
  "alt arpa corp example home internal intranet invalid lan local localdomain localhost mail onion private svc test" +
  " fritz.box metadata.goog";
/** Public names whose subdomains resolve to loopback, or to the address spelled in them. Best effort: there are always more. */
const WILDCARD_DNS =
  "nip.io sslip.io xip.io backname.io anyip.dev local-ip.co local-ip.sh plex.direct rbndr.us rebind.network 1u.ms" +
  " localtest.me lvh.me vcap.me fuf.me traefik.me localho.st localhost.direct localhost.tv localhst.co.uk local.gd" +
  " lacolhost.com yoogle.com 42foo.com 127-0-0-1.org.uk ddev.site lndo.site docksal.site";
const CLOSED_ZONES = new Set(`${PRIVATE_ZONES} ${WILDCARD_DNS}`.split(" "));

/** The blocks IANA hands out as public IPv6 addresses; everything outside is local, reserved or embeds IPv4. */
const GLOBAL_IPV6 = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

const NOT_PUBLIC = { problem: "must be a public https address" };
const PRIVATE = { problem: "must not lead to a private network" };

/**
 * Whether we may call an address that a caller has named: to post a webhook, to fetch a file. The parsed host decides, so that every notation of an address counts
 * (docs/platform.md, "Outbound HTTP"); what a public name resolves to is for the platform to refuse. Redirects must not be
 * followed. `allowLoopback`, for development only, admits http and https to this machine on ports from 1024 on.
 */
export function checkTarget(address: string, allowLoopback: boolean): Target {
  if (address.length > MAX_LENGTH) return { problem: "must not be longer than 2,000 characters" };
  if (UNWANTED.test(address)) return { problem: "must not contain spaces, control characters or backslashes" };
  if (!START.test(address) || !URL.canParse(address)) return NOT_PUBLIC;
  if (USER_INFO.test(address)) return { problem: "must not carry a user name or password" };
  const url = new URL(address);
  // Non-ASCII characters grow threefold and more when they are percent-encoded.
  if (url.href.length > MAX_LENGTH) return { problem: "must not be longer than 2,000 characters when encoded" };
  if (allowLoopback && isLoopback(url.hostname) && Number(url.port) >= 1024) return { url };
  if (url.protocol !== "https:") return NOT_PUBLIC;
  const problem = hostProblem(url.hostname);
  if (problem) return problem;
  return isOpenPort(url.port)
    ? { url }
    : { problem: "must use port 443 or one from 1024 that no other service is known for" };
}

/** `port` as WHATWG URLs have it: empty for 443. */
const isOpenPort = (port: string): boolean => port === "" || (Number(port) >= 1024 && !CLOSED_PORTS.has(Number(port)));

function isLoopback(host: string): boolean {
  const isIPv4 = ipaddr.IPv4.isValidFourPartDecimal(host);
  return host === "localhost" || host === "[::1]" || (isIPv4 && ipaddr.parse(host).range() === "loopback");
}

function hostProblem(host: string): { problem: string } | null {
  if (host.startsWith("[")) return isPublicIPv6(ipaddr.IPv6.parse(host.slice(1, -1))) ? null : PRIVATE;
  if (ipaddr.IPv4.isValidFourPartDecimal(host)) return ipaddr.parse(host).range() === "unicast" ? null : PRIVATE;
  const labels = host.split(".");
  if (labels.some((_, first) => CLOSED_ZONES.has(labels.slice(first).join(".")))) return PRIVATE;
  const isName = host.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label));
  return isName && TOP_LABEL.test(labels.at(-1) as string) ? null : NOT_PUBLIC;
}

/** What embeds IPv4 lies outside 2000::/3 or has a range of its own (6to4, Teredo); ISATAP (RFC 5214) has neither. */
function isPublicIPv6(address: ipaddr.IPv6): boolean {
  const isIsatap = address.parts[5] === 0x5efe && ((address.parts[4] as number) & 0xfdff) === 0;
  return address.range() === "unicast" && address.match(GLOBAL_IPV6) && !isIsatap;
}

/** Whether such calls may go to this machine: in development and tests only. */
export const allowsLoopback = ({ WEBHOOK_LOOPBACK }: Env): boolean => WEBHOOK_LOOPBACK === "allow";
