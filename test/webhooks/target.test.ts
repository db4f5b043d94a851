import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkTarget } from "../../src/core/target.ts";

const NOT_PUBLIC = "must be a public https address";
const PRIVATE = "must not lead to a private network";
const USER_INFO = "must not carry a user name or password";
const CHARACTERS = "must not contain spaces, control characters or backslashes";
const PORT = "must use port 443 or one from 1024 that no other service is known for";

const https = (hosts: string) => hosts.split(/\s+/).map((host) => `https://${host}/hook`);

/** What is wrong → addresses of which it is said, by kind. */
const HOSTILE: Record<string, [problem: string, addresses: string[]]> = {
  "another scheme": [
    NOT_PUBLIC,
    [
      ...[
        "http://example.com/",
        "HTTP://example.com/",
        "ws://example.com/",
        "wss://example.com/",
        "ftp://example.com/",
      ],
      ...["file:///etc/passwd", "gopher://example.com:1024/_x", "dict://example.com/", "ldap://example.com/"],
      ...["javascript:alert(1)", "data:text/plain,x", "blob:https://example.com/1", "about:blank", "mailto:a@b.com"],
      ...["view-source:https://example.com/", "httpss://example.com/", "jar:https://example.com!/", "s3://bucket/key"],
    ],
  ],
  "no whole address": [
    NOT_PUBLIC,
    [
      ...["", "example.com", "//example.com/", "/hook", "https", "https:", "https:/", "https://", "https:///"],
      ...["https:example.com", "https:/example.com", "https:///example.com", "https://?x=example.com", "https://#a"],
      ...["https://:443/", "https://:8443/", "://example.com", "https//example.com", "https;//example.com"],
      ...["https://example.com:99999/", "https://example.com:-1/", "https://example.com:port/", "https://[::1/"],
      ...["https://[]/", "https://[1.2.3.4]/", "https://[fe80::1%25eth0]/", "https://[::g]/", "https://256.1.1.1/"],
      ...["https://1.2.3.4.5/", "https://0x100000000/", "https://4294967296/", "https://08.1.1.1/", "https://a.0x7f/"],
    ],
  ],
  "white space, control characters, backslashes": [
    CHARACTERS,
    [
      ...[" https://example.com/", "https://example.com/ ", "https://example.com/a b", "https://example .com/"],
      ...["https://example.com/\n", "\thttps://example.com/", "ht\ntps://example.com/", "https://exam\tple.com/"],
      ...["https://127.0.\r\n0.1/", "https://example.com/\u0000", "https://example.com/\u001f", "https://a.com/\u007f"],
      ...[
        "https://example.com/\u0085",
        "https://example.com/\u00a0",
        "https://example.com/\u2028",
        "https://a.com/\ufeff",
      ],
      ...[
        "https://example.com/\u3000",
        "https://local\u00adhost/",
        "https://127.0.0\u200b.1/",
        "https://a.com/\u202egpj",
      ],
      ...["https:\\\\example.com\\", "https://example.com\\@127.0.0.1/", "https:/\\127.0.0.1/", "https://a.com/\\x"],
      ...[
        "https://example.com/\ud800",
        "https://example.com\r\nX-Header: 1",
        "https://example.com/ HTTP/1.1\r\nHost: a",
      ],
    ],
  ],
  "a user name or password": [
    USER_INFO,
    [
      ...["https://user@example.com/", "https://user:pass@example.com/", "https://:pass@example.com/"],
      ...["https://@example.com/", "https://:@example.com/", "https://example.com@127.0.0.1/", "https://a:b@[::1]/"],
      ...[
        "https://127.0.0.1:1024@example.com/",
        "https://example.com:443@169.254.169.254/",
        "https://a@b@example.com/",
      ],
      ...["https://example.com%20@127.0.0.1/", "https://%40@example.com/", "HTTPS://user@example.com"],
    ],
  ],
  "a closed port": [
    PORT,
    "0 1 21 22 23 25 53 80 110 143 389 442 444 445 465 587 993 1023 1433 1521 1720 2049 2375 2379 3306 3389 5060 5432 5900 6000 6379 6443 6667 6697 9200 10080 10250 11211 27017"
      .split(" ")
      .map((port) => `https://example.com:${port}/hook`),
  ],
  "this machine": [
    PRIVATE,
    https(
      `127.0.0.1 127.0.0.1:8443 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0X7F.0.0.1 017700000001 0177.0.0.1
      0x7f.1 127.0x1 0177.0x0.0.01 00000177.1 127.0.0.1. 0.0.0.0 0 0x0 00 0.1.2.3 １２７.０.０.１ ①②⑦.⓪.⓪.① 127。0。0。1
      127．0．0．1 127｡0｡0｡1 ０x7f.1 %31%32%37.0.0.1 %30x7f.1 127%2e0%2e0%2e1 [::1] [0:0:0:0:0:0:0:1] [::0001] [::]
      [0:0::0:0] [::ffff:127.0.0.1] [::ffff:7f00:1] localhost LOCALHOST localhost:8443 ｌｏｃａｌｈｏｓｔ ⓛocalhost
      app.localhost a.b.localhost localhost.localdomain`,
    ),
  ],
  "a private or reserved network": [
    PRIVATE,
    https(
      `10.0.0.1 10.255.255.255 10.1 0xa000001 167772161 012.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1 0xc0a80101
      3232235777 169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 169.254.43518 100.64.0.1 100.127.255.254 192.0.0.1
      192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
      192.31.196.1 192.52.193.1 [fc00::1] [fd12:3456::1] [fd00:ec2::254] [fe80::1] [febf::1] [fec0::1] [ff02::1] [ff0e::1]
      [2001:db8::1] [3fff::1] [100::1] [2001:2::1] [2001:10::1] [2001:20::1] [4000::1] [5f00::1] [8000::1] [e000::1]`,
    ),
  ],
  "an address within another": [
    PRIVATE,
    https(
      `[::ffff:10.0.0.1] [::ffff:a00:1] [::ffff:8.8.8.8] [::127.0.0.1] [::7f00:1] [::8.8.8.8] [::ffff:0:127.0.0.1]
      [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::8.8.8.8] [64:ff9b:1::1] [2002:7f00:1::] [2002:a00:1::1] [2002:808:808::1]
      [2001::1] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [2001:4860::5efe:10.0.0.1] [2001:4860::200:5efe:10.0.0.1]
      [fe80::5efe:127.0.0.1]`,
    ),
  ],
  "a name of a private zone": [
    PRIVATE,
    https(
      `printer.local db.internal metadata.google.internal metadata.goog nas.home.arpa router.lan wiki.intranet git.corp box.home
      fritz.box app.test a.invalid shop.example www.shop.example hidden.onion 1.0.0.127.in-addr.arpa 1.0.ip6.arpa x.private
      mx.mail kubernetes.default.svc a.svc.cluster.local host.docker.internal ipv4only.arpa INTERNAL.CORP pr%69nter.local
      printer。local printer.ｌocal`,
    ),
  ],
  "a name that spells an address": [
    PRIVATE,
    https(
      `127.0.0.1.nip.io app-7f000001.nip.io nip.io 10-0-0-1.sslip.io --1.sslip.io 192.168.0.1.xip.io localtest.me a.localtest.me
      lvh.me A.LVH.ME vcap.me 10.0.0.1.traefik.me localho.st lacolhost.com x.yoogle.com 10-0-0-1.hash.plex.direct
      7f000001.08080808.rbndr.us site.ddev.site my.lndo.site a.b.c.nip。io`,
    ),
  ],
  "no name of the public DNS": [
    NOT_PUBLIC,
    https(
      `intranet- server db 1a example.com. example.com.. .example.com example..com -example.com example-.com *.example.com
      exam!ple.com a,b.com exa$mple.com example.c example.c0m example.-com ${"a".repeat(64)}.com ${"a.".repeat(130)}com
      printer.local. localhost. example.com.%2e`,
    ),
  ],
  "too long": [
    "must not be longer than 2,000 characters",
    [`https://example.com/${"a".repeat(1_981)}`, `https://example.com/?${"a".repeat(1_000_000)}`, " ".repeat(2_001)],
  ],
  "too long once encoded": [
    "must not be longer than 2,000 characters when encoded",
    [`https://example.com/${"é".repeat(400)}`, `https://example.com/?q=${"😀".repeat(300)}`],
  ],
};

const PUBLIC = `
https://example.com https://example.com/ HTTPS://EXAMPLE.COM/Hook https://www.example.com/webhooks/edge-cms
https://your-app.com/webhooks https://api.your-app.com/v1/hooks?source=cms&token=abc https://example.com:443/hook
https://example.com:8443/hook https://example.com:1024/ https://example.com:3000/api https://example.com:8080/x
https://example.com:65535/ https://example.com/a%20b https://example.com/?a=1&a=2 https://example.com/hook#part
https://example.com/user@example.org https://example.com/?mail=me@example.org https://example.com/a:b;c=d,e!f
https://example.com//double//slash https://example.com/../up https://example.com/ünïcode/ä?ö=ü https://example.com/😀
https://a.b.c.d.e.example.com/ https://example.co.uk/ https://hooks.example.travel/ https://exa-mple.com/
https://my_app.example.com/ https://_dmarc.example.com/ https://123.example.com/ https://1und1.de/ https://x.com/
https://3com.com/ https://münchen.de/hook https://xn--mnchen-3ya.de/hook https://例え.jp/ https://пример.рф/
https://xn--e1afmkfd.xn--p1ai/ https://bäckerei-blaue-tür.example.com/ https://faß.de/ https://localhost.example.com/
https://local.example.com/ https://internal.company.com/ https://test.com/ https://example.org/ https://home.io/
https://corp.com/ https://mylocal.net/ https://notnip.io/ https://nip.io.example.com/ https://onion.com/
https://hooks.zapier.com/hooks/catch/123456/abcdef/ https://hook.eu2.make.com/a1b2c3d4e5f6 https://hook.us1.make.com/x
https://my-n8n.app.n8n.cloud/webhook/0f3c-4d/cms https://n8n.example.com:5678/webhook/1 https://maker.ifttt.com/trigger/x/with/key/y
https://hooks.slack.com/services/T0/B0/XXXX https://discord.com/api/webhooks/1234/ab-cd_ef https://webhook.site/4f6d-41
https://eo1a2b3.m.pipedream.net/ https://outlook.office.com/webhook/a@b/IncomingWebhook/c/d https://abc123.ngrok-free.app/hook
https://prod-01.westeurope.logic.azure.com:443/workflows/a/triggers/manual/paths/invoke?api-version=2016-10-01&sig=x
https://worker.account.workers.dev/ https://app.vercel.app/api/hook https://site.netlify.app/.netlify/functions/hook
https://us-central1-project.cloudfunctions.net/hook https://abc.execute-api.eu-west-1.amazonaws.com/prod/hook
https://abc.lambda-url.eu-west-1.on.aws/ https://app.fly.dev/hook https://app.herokuapp.com/hook https://api.github.com/repos/a/b/dispatches
https://8.8.8.8/ https://1.1.1.1:8443/hook https://134744072/ https://0x08.8.8.8/ https://93.184.216.34/ https://172.32.0.1/
https://172.15.255.255/ https://100.63.255.255/ https://100.128.0.1/ https://11.0.0.1/ https://126.255.255.255/ https://128.0.0.1/
https://192.167.255.255/ https://223.255.255.254/ https://[2606:4700::1111]/ https://[2001:4860:4860::8888]:8443/hook
https://[2a00:1450:4001:82a::200e]/ https://[2A01:4F8::1]/`
  .trim()
  .split(/\s+/);

const problemOf = (address: string, allowLoopback = false): string | null => {
  const target = checkTarget(address, allowLoopback);
  return "problem" in target ? target.problem : null;
};

describe("an address for webhooks", () => {
  it.each(Object.entries(HOSTILE))("an address for webhooks is refused for %s", (_, [problem, addresses]) => {
    for (const address of addresses) expect(problemOf(address), JSON.stringify(address)).toBe(problem);
  });

  it("addresses for webhooks are tried in 150 hostile forms and more, and 50 ordinary ones", () => {
    expect(new Set(Object.values(HOSTILE).flatMap(([, addresses]) => addresses)).size).toBeGreaterThan(150);
    expect(new Set(PUBLIC).size).toBeGreaterThan(50);
  });

  it.each([false, true])(
    "an address for webhooks may be any public https address (loopback allowed: %s)",
    (allowLoopback) => {
      for (const address of PUBLIC) {
        const target = checkTarget(address, allowLoopback);
        expect(target, address).toEqual({ url: new URL(address) });
        // What is stored in its parsed form passes again when it is delivered.
        expect(checkTarget(new URL(address).href, allowLoopback), address).toEqual(target);
      }
    },
  );

  it("an address for webhooks may be 2,000 characters long", () => {
    expect(problemOf(`https://example.com/${"a".repeat(1_980)}`)).toBeNull();
    expect(problemOf(`https://example.com/${"a".repeat(1_981)}`)).toContain("2,000");
  });
});

describe("with the switch for development", () => {
  const LOOPBACK =
    `http://127.0.0.1:8787/hook https://127.0.0.1:1024/ http://127.0.0.1:65535/ http://localhost:3000/hook
    https://localhost:8443/ http://LOCALHOST:8080/ http://[::1]:9000/hook https://[::1]:8443/ http://127.1:8787/
    http://127.8.9.10:4000/ http://2130706433:8787/ http://[0:0:0:0:0:0:0:1]:8787/`.split(/\s+/);

  it("with the switch for development this machine is admitted, on ports from 1024 on", () => {
    for (const address of LOOPBACK) {
      expect(checkTarget(address, true), address).toEqual({ url: new URL(address) });
      expect(problemOf(address), address).not.toBeNull();
    }
  });

  it("with the switch for development this machine's other ports, names and notations with users or spaces are refused", () => {
    const refused = `http://127.0.0.1/ http://127.0.0.1:80/ https://127.0.0.1/ http://localhost/ https://localhost/ https://localhost:443/
      http://127.0.0.1:1023/ http://127.0.0.1:0/ http://[::1]/ http://user@localhost:8787/ http://@127.0.0.1:8787/
      http:\\\\localhost:8787/ ws://localhost:8787/ ftp://127.0.0.1:2121/ http://localhost.:8787/ http://app.localhost:8787/
      http://localhost.localdomain:8787/ http://0.0.0.0:8787/ http://0:8787/ http://[::]:8787/ http://[::ffff:127.0.0.1]:8787/
      http://[::127.0.0.1]:8787/ http://[64:ff9b::7f00:1]:8787/ http://localtest.me:8787/ http://127.0.0.1.nip.io:8787/
      http://128.0.0.1:8787/ http://example.com:8787/ http://8.8.8.8:8787/ http://[2606:4700::1111]:8787/`;
    for (const address of refused.split(/\s+/)) expect(problemOf(address, true), address).not.toBeNull();
  });

  it("with the switch for development everything but this machine is as it was", () => {
    for (const [problem, addresses] of Object.values(HOSTILE)) {
      for (const address of addresses) {
        if (/^https:\/\/(localhost|127\.0\.0\.1):8443\//.test(address)) continue;
        expect(problemOf(address, true), JSON.stringify(address)).toBe(problem);
      }
    }
    for (const address of "http://10.0.0.1:8787/ http://192.168.0.1:8787/ http://169.254.169.254:8787/ http://[fd00::1]:8787/".split(
      " ",
    )) {
      expect(problemOf(address, true), address).not.toBeNull();
    }
  });
});

/** IANA's special-purpose blocks for IPv4 (RFC 6890 and its registry), multicast and reserved space. */
const CLOSED = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
  203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`
  .split(/\s+/)
  .map((block) => {
    const [base, bits] = block.split("/") as [string, string];
    return { base: asNumber(base.split(".").map(Number)), size: 2 ** (32 - Number(bits)) };
  });
const isClosed = (address: number): boolean =>
  CLOSED.some(({ base, size }) => address >= base && address < base + size);

const closedAddress = fc
  .tuple(fc.constantFrom(...CLOSED), fc.nat(2 ** 32 - 1))
  .map(([{ base, size }, random]) => base + (random % size));

function asNumber(octets: number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** How one address is written: how many parts, each part's base and padding, letters, digits, dots and what is around it. */
const style = fc.record({
  parts: fc.integer({ min: 1, max: 4 }),
  bases: fc.array(fc.constantFrom(8, 10, 16), { minLength: 4, maxLength: 4 }),
  padding: fc.nat(3),
  upper: fc.boolean(),
  digits: fc.constantFrom("plain", "full-width", "percent"),
  dot: fc.constantFrom(".", "。", "．", "｡", "%2e", "%E3%80%82"),
  end: fc.constantFrom("", "."),
  port: fc.constantFrom("", ":443", ":8443", ":4000"),
  path: fc.constantFrom("", "/", "/hook?a=b", "#x"),
});

type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

const octetsOf = (address: number): number[] => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);

function written(address: number, how: Style): string {
  const octets = octetsOf(address);
  const numbers = [...octets.slice(0, how.parts - 1), asNumber(octets.slice(how.parts - 1))];
  const texts = numbers.map((number, at) => {
    const base = how.bases[at] as number;
    const zeros = "0".repeat(how.padding);
    if (base === 10) return String(number);
    if (base === 8) return `0${zeros}${number.toString(8)}`;
    return how.upper ? `0X${zeros}${number.toString(16).toUpperCase()}` : `0x${zeros}${number.toString(16)}`;
  });
  const host =
    texts.map((text) => [...text].map((char) => inDigits(char, how.digits)).join("")).join(how.dot) + how.end;
  return `https://${host}${how.port}${how.path}`;
}

function inDigits(char: string, digits: string): string {
  if (digits === "plain") return char;
  if (digits === "percent") return `%${char.charCodeAt(0).toString(16)}`;
  return String.fromCharCode(char.charCodeAt(0) + 0xfee0);
}

const EMBEDDINGS: ((octets: string, groups: string) => string)[] = [
  (octets) => `::ffff:${octets}`,
  (_, groups) => `0:0:0:0:0:FFFF:${groups}`,
  (octets) => `::${octets}`,
  (octets) => `::ffff:0:${octets}`,
  (octets) => `64:ff9b::${octets}`,
  (_, groups) => `0064:ff9b:0::${groups}`,
  (_, groups) => `64:ff9b:1::${groups}`,
  (_, groups) => `2002:${groups}::1`,
  (_, groups) => `2001:0:${groups}::1`,
  (octets) => `2606:4700::5efe:${octets}`,
];

describe("an IPv4 address, however it is written,", () => {
  it("an IPv4 address, however it is written, is refused in private, loopback, link-local, shared, multicast and reserved ranges", () => {
    fc.assert(
      fc.property(closedAddress, style, (address, how) => {
        const text = written(address, how);
        expect(new URL(text).hostname, text).toBe(octetsOf(address).join("."));
        expect(problemOf(text), text).toBe(PRIVATE);
        const isAdmitted = octetsOf(address)[0] === 127 && Number(new URL(text).port) >= 1024;
        expect(problemOf(text, true), text).toBe(isAdmitted ? null : PRIVATE);
      }),
      { numRuns: 10_000 },
    );
  });

  it("an IPv4 address, however it is written, is refused within an IPv6 address, even when it is public", () => {
    const address = fc.oneof(closedAddress, fc.nat(2 ** 32 - 1));
    fc.assert(
      fc.property(address, fc.constantFrom(...EMBEDDINGS), (embedded, embed) => {
        const octets = octetsOf(embedded);
        const groups = [0, 2].map((at) => asNumber(octets.slice(at, at + 2)).toString(16)).join(":");
        const text = `https://[${embed(octets.join("."), groups)}]:8443/hook`;
        expect(URL.canParse(text), text).toBe(true);
        // `::1` is this machine's own notation, not an embedded 0.0.0.1.
        for (const allowLoopback of embedded === 1 ? [false] : [false, true]) {
          expect(problemOf(text, allowLoopback), text).toBe(PRIVATE);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it("an IPv4 address, however it is written, is admitted everywhere else", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), style, (address, how) => {
        const problem = problemOf(written(address, how));
        expect(problem, written(address, how)).toBe(isClosed(address) ? PRIVATE : null);
      }),
      { numRuns: 10_000 },
    );
  });
});
