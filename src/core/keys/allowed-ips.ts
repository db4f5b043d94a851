import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address or block as base and prefix length, IPv4-mapped IPv6 as IPv4; `null` for anything else. */
export function parseIpRule(entry: string): [base: Address, bits: number] | null {
  // Two-part, octal and hexadecimal IPv4 mean different addresses to different readers: they are refused.
  if (!entry.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(entry.split("/")[0] as string)) return null;
  if (!(entry.includes("/") ? ipaddr.isValidCIDR(entry) : ipaddr.isValid(entry))) return null;
  const [base, bits] = entry.includes("/") ? ipaddr.parseCIDR(entry) : [ipaddr.parse(entry), null];
  if (base instanceof ipaddr.IPv4) return [base, bits ?? 32];
  if (!base.isIPv4MappedAddress() || (bits !== null && bits < 96)) return [base, bits ?? 128];
  return [base.toIPv4Address(), (bits ?? 128) - 96];
}

/** Whether an entry is an IPv4 or IPv6 address or a CIDR block. */
export const isIpRule = (entry: string): boolean => parseIpRule(entry) !== null;

/** Whether the address lies in one of the blocks; IPv4-mapped IPv6 addresses count as IPv4. An empty list allows all. */
export function ipAllowed(rules: readonly string[] | null, address: string): boolean {
  if (!rules || rules.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return rules.some((entry) => {
    const rule = parseIpRule(entry);
    return rule !== null && rule[0].kind() === parsed.kind() && parsed.match(...rule);
  });
}
