import { describe, expect, it } from "vitest";
import { ipAllowed, isIpRule } from "../../../src/core/keys/allowed-ips.ts";
import { clientNetwork } from "../../../src/core/limits/ip-object.ts";

describe("allowed addresses", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7", true],
    ["192.0.2.7", "192.0.2.8", false],
    ["192.0.2.0/24", "192.0.2.255", true],
    ["192.0.2.0/24", "192.0.3.0", false],
    ["192.0.2.77/24", "192.0.2.1", true],
    ["0.0.0.0/0", "203.0.113.9", true],
    ["192.0.2.7/32", "192.0.2.7", true],
    ["192.0.2.7", "::ffff:192.0.2.7", true],
    ["::ffff:192.0.2.7", "192.0.2.7", true],
    ["::ffff:192.0.2.0/120", "192.0.2.200", true],
    ["::ffff:192.0.2.0/120", "192.0.3.1", false],
    ["2001:db8::1", "2001:0db8:0:0:0:0:0:1", true],
    ["2001:db8::1", "2001:db8::2", false],
    ["2001:db8:1::/48", "2001:db8:1:ffff::9", true],
    ["2001:db8:1::/48", "2001:db8:2::9", false],
    ["::/0", "2001:db8::1", true],
    ["::/0", "192.0.2.7", false],
    ["0.0.0.0/0", "2001:db8::1", false],
  ])("the allowed address %s lets %s in: %s", (rule, address, isAllowed) => {
    expect(isIpRule(rule)).toBe(true);
    expect(ipAllowed([rule], address)).toBe(isAllowed);
  });

  it("allowed addresses are all when there is no rule, and any that one of several rules names", () => {
    expect(ipAllowed(null, "192.0.2.7")).toBe(true);
    expect(ipAllowed([], "unknown")).toBe(true);
    expect(ipAllowed(["10.0.0.0/8", "2001:db8::/32"], "2001:db8::5")).toBe(true);
    expect(ipAllowed(["10.0.0.0/8", "2001:db8::/32"], "11.0.0.1")).toBe(false);
  });

  it("allowed addresses are never one that is not known", () => {
    for (const address of ["unknown", "", "internal"]) expect(ipAllowed(["0.0.0.0/0", "::/0"], address)).toBe(false);
  });

  it.each(["", "x", "192.0.2", "192.0.2.256", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "2001:db8::/129", "::1/x"])(
    "%s is no rule for allowed addresses",
    (rule) => expect(isIpRule(rule)).toBe(false),
  );

  it.each(["010.0.0.1", "0x7f000001", "2130706433", "127.1", "10.0/8", "1"])(
    "%s, which readers disagree on, is no rule for allowed addresses",
    (rule) => expect(isIpRule(rule)).toBe(false),
  );
});

describe("the network a client is counted by", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["unknown", "unknown"],
    ["not an address", "unknown"],
  ])("a client is counted by its network: %s counts as %s", (address, network) =>
    expect(clientNetwork(address)).toBe(network),
  );
});
