import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { generateSecret } from "../../src/webhooks/secret.ts";
import { signedHeaders } from "../../src/webhooks/signature.ts";

/** The moment of the specification's test vector; receivers refuse messages that are five minutes old. */
const TIMESTAMP = 1_614_265_330;
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const VECTOR = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: TIMESTAMP, body: '{"test": 2432232314}' };

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: TIMESTAMP * 1000 });
});
afterAll(() => {
  vi.useRealTimers();
});

const receive = (secret: string, body: string, headers: Record<string, string>) =>
  new Webhook(secret).verify(body, headers, { jsonParse: false });

function isAccepted(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    receive(secret, body, headers);
    return true;
  } catch {
    return false;
  }
}

const id = fc.stringMatching(/^msg_[0-9A-Z]{26}$/);
const timestamp = fc.integer({ min: TIMESTAMP - 299, max: TIMESTAMP + 299 });
const body = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.json({ maxDepth: 3 }),
  fc.constantFrom("", "x".repeat(2_000), "😀é\u0000.\n".repeat(200)),
);
const message = fc.record({ id, timestamp, body });

/** The text with one byte of its UTF-8 replaced, as a receiver would read it. */
function withChangedByte(text: string, at: number, by: number): string {
  const bytes = new TextEncoder().encode(text);
  const place = at % bytes.length;
  bytes[place] = (bytes[place] as number) ^ by;
  return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes);
}

describe("a signed message", () => {
  it("a signed message is signed as the specification's test vector", async () => {
    const headers = await signedHeaders(VECTOR, [SECRET]);
    expect(headers).toEqual({
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
    receive(SECRET, VECTOR.body, headers);
  });

  it("a signed message is accepted by receivers, whatever its body", async () => {
    await fc.assert(
      fc.asyncProperty(message, async (sent) => {
        const secret = generateSecret();
        receive(secret, sent.body, await signedHeaders(sent, [secret]));
      }),
      { numRuns: 1_000 },
    );
  });

  it("a signed message is refused after a change of any one byte of body, id, timestamp or signature", async () => {
    const part = fc.constantFrom("body", "webhook-id", "webhook-timestamp", "webhook-signature");
    await fc.assert(
      fc.asyncProperty(
        message,
        part,
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 255 }),
        async (sent, name, at, by) => {
          const headers = await signedHeaders(sent, [SECRET]);
          const parts: Record<string, string> = { ...headers, body: sent.body };
          const original = parts[name] as string;
          fc.pre(original !== "");
          const changed = withChangedByte(original, at, by);
          // Bytes that are no UTF-8 can read as the replacement character that stood there before.
          fc.pre(changed !== original);
          const { body: received, ...rest } = { ...parts, [name]: changed } as Record<string, string>;
          expect(isAccepted(SECRET, received as string, rest)).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("a signed message is refused after a change of each character of its signature in turn", async () => {
    const headers = await signedHeaders(VECTOR, [SECRET]);
    const signature = headers["webhook-signature"] as string;
    for (let place = 0; place < signature.length; place += 1) {
      const other = signature[place] === "A" ? "B" : "A";
      const forged = {
        ...headers,
        "webhook-signature": signature.slice(0, place) + other + signature.slice(place + 1),
      };
      expect(isAccepted(SECRET, VECTOR.body, forged), `character ${place}`).toBe(false);
    }
  });

  it("a signed message carries a signature for each secret, in order; a third secret finds none", async () => {
    const [first, second, third] = [generateSecret(), generateSecret(), generateSecret()];
    const headers = await signedHeaders(VECTOR, [first, second]);
    const alone = await Promise.all([first, second].map((secret) => signedHeaders(VECTOR, [secret])));
    expect(headers["webhook-signature"]).toBe(alone.map((it) => it["webhook-signature"]).join(" "));
    expect([first, second, third].map((secret) => isAccepted(secret, VECTOR.body, headers))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
