import { parseIpRule } from "../../../core/keys/allowed-ips.ts";

/** Whether an entry of `allowed_ips` admits no address that the other one does not. */
export function isBlockWithin(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  const outerBlock = parseIpRule(outer);
  const innerBlock = parseIpRule(inner);
  if (!outerBlock || !innerBlock) return false;
  const [base, bits] = innerBlock;
  return outerBlock[0].kind() === base.kind() && bits >= outerBlock[1] && base.match(...outerBlock);
}
