import ipaddr from "ipaddr.js";

type Block = [base: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** An entry of `allowed_ips` as a block; a single address is one of full length. */
function blockOf(entry: string): Block {
  if (entry.includes("/")) return ipaddr.parseCIDR(entry);
  const address = ipaddr.parse(entry);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/** Whether an entry of `allowed_ips` admits no address that the other one does not. Both have been validated. */
export function isBlockWithin(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  const [outerBase, outerBits] = blockOf(outer);
  const [innerBase, innerBits] = blockOf(inner);
  return (
    outerBase.kind() === innerBase.kind() && innerBits >= outerBits && innerBase.match([outerBase, outerBits] as never)
  );
}
