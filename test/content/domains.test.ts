import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { verifyDomains } from "../../src/content/sites/verify-domains.ts";
import { eventsOf } from "../support/client.ts";
import { call, TestClock } from "../support/fixtures.ts";
import { emptyStorage } from "../support/storage.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DOMAIN = "www.blue-door-bakery.com";
const clock = new TestClock();

/** The zone as a resolver sees it: TXT records by name, or a failure. */
let zone: Record<string, string[]> | number;
let asked: string[];

const dns = {
  fetch: async (url: URL) => {
    asked.push(`${url.origin}${url.pathname} ${url.searchParams.get("type")} ${url.searchParams.get("name")}`);
    if (typeof zone === "number") return Response.json({ Status: zone });
    const texts = zone[url.searchParams.get("name") as string];
    const Answer = texts?.map((text) => ({ type: 16, data: `"${text.slice(0, 9)}" "${text.slice(9)}"` }));
    return Response.json(Answer ? { Status: 0, Answer } : { Status: 3 });
  },
  deadline: () => ({ signal: new AbortController().signal, clear: () => {} }),
};
const look = () => verifyDomains({ ...env, DNS_RESOLVER: "https://dns.example/query" }, clock.time, dns);
const setDomain = (site: VisitedSite, domain: string | null) =>
  call("PATCH", `/v1/sites/${site.id}`, { headers: site.headers, body: { domain } });
const stateOf = async (site: VisitedSite) => (await site.ask("GET", "")).body.data.domainProof?.status;
const record = async (site: VisitedSite) => (await site.ask("GET", "")).body.data.domainProof.record.value;
/** Whose page a visitor of the domain sees. */
const shown = async () => {
  clock.advance(1_001);
  const response = await exports.default.fetch(new Request(`https://${DOMAIN}/`));
  return /<h1>(.*?)<\/h1>/.exec(await response.text())?.[1] ?? response.status;
};
async function publishedSite(title: string): Promise<VisitedSite> {
  const site = await makeVisitedSite(clock);
  await site.page({ title, slug: "home" });
  await site.publish();
  return site;
}

let owner: VisitedSite;
let other: VisitedSite;
beforeEach(async () => {
  await emptyStorage();
  // Whose a domain was is in memory for a second.
  clock.advance(1_001);
  [zone, asked] = [{}, []];
  [owner, other] = [await publishedSite("Owner"), await publishedSite("Other")];
});

describe("a domain", () => {
  it("a domain is pending and not served until its record has been seen, which is told by an event", async () => {
    const { body } = await setDomain(owner, DOMAIN);
    expect(body.data).toMatchObject({
      domain: DOMAIN,
      domainProof: {
        status: "pending",
        record: { type: "TXT", name: `_edge-cms.${DOMAIN}`, value: `site=${owner.id}` },
      },
    });
    await look();
    expect(asked).toEqual([`https://dns.example/query TXT _edge-cms.${DOMAIN}`]);
    expect([await stateOf(owner), await shown()]).toEqual(["pending", 404]);
    const settings = await call("GET", `/api/settings?site=${owner.id}`, { headers: owner.headers });
    expect(settings.body.domain).toBeNull();
    zone = { [`_edge-cms.${DOMAIN}`]: ["v=spf1 -all", await record(owner)] };
    clock.advance(MINUTE);
    await look();
    expect([await stateOf(owner), await shown()]).toEqual(["verified", "Owner"]);
    const events = await eventsOf(env.DB, owner.id);
    expect(events.at(-1)).toMatchObject({ type: "site.updated", data: { domainProof: { status: "verified" } } });
  });

  it("a domain that is claimed without proof keeps nobody out", async () => {
    expect((await setDomain(other, DOMAIN)).status).toBe(200);
    expect((await setDomain(owner, DOMAIN)).status).toBe(200);
    zone = { [`_edge-cms.${DOMAIN}`]: [await record(owner)] };
    await look();
    expect([await stateOf(other), await stateOf(owner), await shown()]).toEqual(["pending", "verified", "Owner"]);
  });

  it("a domain stays with whoever has proven it while the record is there, and goes to its next owner", async () => {
    await setDomain(owner, DOMAIN);
    const [first, second] = [`site=${owner.id}`, `site=${other.id}`];
    zone = { [`_edge-cms.${DOMAIN}`]: [first] };
    await look();
    await setDomain(other, DOMAIN);
    zone = { [`_edge-cms.${DOMAIN}`]: [first, second] };
    await look();
    expect([await stateOf(owner), await stateOf(other), await shown()]).toEqual(["verified", "pending", "Owner"]);
    zone = { [`_edge-cms.${DOMAIN}`]: [second] };
    clock.advance(MINUTE);
    await look();
    expect([await stateOf(owner), await stateOf(other), await shown()]).toEqual(["pending", "verified", "Other"]);
  });

  it("a domain is looked up each week, and given up once its record has been missing for three days", async () => {
    await setDomain(owner, DOMAIN);
    zone = { [`_edge-cms.${DOMAIN}`]: [`site=${owner.id}`] };
    await look();
    clock.advance(7 * DAY - 1);
    await look();
    expect(asked).toHaveLength(1);
    zone = {};
    for (let day = 0; day < 3; day += 1) {
      clock.advance(DAY);
      await look();
      expect(await stateOf(owner)).toBe("verified");
    }
    zone = 2;
    clock.advance(DAY);
    await look();
    expect(await stateOf(owner)).toBe("verified");
    zone = {};
    clock.advance(DAY);
    await look();
    expect([await stateOf(owner), await shown()]).toEqual(["pending", 404]);
  });

  it("a domain that is pending is looked up less and less often, and at once when it is set again", async () => {
    await setDomain(owner, DOMAIN);
    for (let minute = 0; minute < 120; minute += 1) {
      await look();
      clock.advance(MINUTE);
    }
    expect(asked.length).toBeLessThan(40);
    const before = asked.length;
    await setDomain(owner, DOMAIN);
    await look();
    expect(asked).toHaveLength(before + 1);
  });

  it("a domain that is changed or taken away is proven anew", async () => {
    await setDomain(owner, DOMAIN);
    zone = { [`_edge-cms.${DOMAIN}`]: [`site=${owner.id}`] };
    await look();
    await setDomain(owner, "www.elsewhere.com");
    await look();
    expect([await stateOf(owner), await shown()]).toEqual(["pending", 404]);
    await setDomain(owner, null);
    expect(await stateOf(owner)).toBeUndefined();
  });

  it.each(["cms.workers.dev", "workers.dev"])("a domain of the service itself is refused: %s", async (domain) => {
    expect((await setDomain(owner, domain)).status).toBe(400);
  });

  it.each(["shop.localhost", "shop.test", "shop.example"])(
    "a domain that nobody can own is proven at once in development: %s",
    async (domain) => {
      await setDomain(owner, domain);
      expect(await stateOf(owner)).toBe("verified");
      const response = await exports.default.fetch(new Request(`https://${domain}/`));
      expect(await response.text()).toContain("<h1>Owner</h1>");
    },
  );
});
