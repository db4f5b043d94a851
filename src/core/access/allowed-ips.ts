import ipaddr from "ipaddr.js";

/** Whether an entry is an IPv4 or IPv6 address or a CIDR block. */
export const isIpRule = (entry: string): boolean =>
  entry.includes("/") ? ipaddr.isValidCIDR(entry) : ipaddr.isValid(entry);

/** Whether the address lies in one of the blocks; IPv4-mapped IPv6 addresses count as IPv4. An empty list allows all. */
export function ipAllowed(rules: readonly string[] | null, address: string): boolean {
  if (!rules || rules.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return rules.some((rule) => {
    const [base, bits] = rule.includes("/") ? ipaddr.parseCIDR(rule) : [ipaddr.parse(rule), null];
    if (base.kind() !== parsed.kind()) return false;
    return bits === null ? base.toString() === parsed.toString() : parsed.match(base, bits);
  });
}
