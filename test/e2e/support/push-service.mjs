// A push service for the tests, outside workerd: it gives out subscriptions as a browser's does, checks who sends (RFC 8292)
// and decrypts what arrives (RFC 8291) with an implementation of its own. The path of a subscription says how it behaves:
// `/ok/…` takes everything, `/status/410/…` and so on do not.
import { createECDH, createPublicKey, randomBytes, randomUUID, verify } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { buffer, json } from "node:stream/consumers";
import ece from "http_ece";

/** The host that subscriptions name. What is sent to it comes here, below its name. */
const HOST = "push.service-of-tests.com";

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

/** Whether a message is signed by the key that it names, for this service, and not for longer than a day. */
function isSigned(authorization, origin) {
  const [, token = "", key = ""] = /^vapid t=([^,]+), k=([\w-]+)$/.exec(authorization ?? "") ?? [];
  const point = Buffer.from(key, "base64url");
  if (point.length !== 65) return null;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(base64url);
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const [head, claims, signature] = token.split(".");
  const signed = Buffer.from(`${head}.${claims}`);
  const options = { key: publicKey, dsaEncoding: "ieee-p1363" };
  if (!verify("sha256", signed, options, Buffer.from(signature ?? "", "base64url"))) return null;
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, "base64url"));
  const isCurrent = exp * 1_000 > Date.now() && exp * 1_000 <= Date.now() + 86_400_000;
  return aud === origin && isCurrent && /^(?:https:|mailto:)/.test(sub) ? { key, sub } : null;
}

export async function startPushService() {
  /** Subscriptions by their paths, each with what has arrived for it. */
  const subscriptions = new Map();
  const open = { now: 0, most: 0 };

  const make = (behaviour) => {
    const ecdh = createECDH("prime256v1");
    ecdh.generateKeys();
    const auth = randomBytes(16);
    const path = `/${behaviour}/${randomUUID()}`;
    subscriptions.set(path, { ecdh, auth, arrivals: [], tries: 0 });
    return {
      endpoint: `https://${HOST}${path}`,
      keys: { p256dh: base64url(ecdh.getPublicKey()), auth: base64url(auth) },
    };
  };

  /** What has arrived for a subscription, decrypted. */
  const arrivalsOf = (endpoint) => subscriptions.get(new URL(endpoint).pathname)?.arrivals ?? [];

  const receive = async (request, path) => {
    const subscription = subscriptions.get(path);
    if (!subscription) return [404];
    subscription.tries += 1;
    const [, behaviour, figure, more] = path.split("/");
    const body = await buffer(request);
    if (behaviour === "hang") return null;
    const sender = isSigned(request.headers.authorization, `https://${HOST}`);
    if (!sender || request.headers["content-encoding"] !== "aes128gcm") return [403];
    if (body.length > 4_096) return [413];
    const { ecdh, auth, arrivals } = subscription;
    const plain = ece.decrypt(body, { version: "aes128gcm", privateKey: ecdh, authSecret: base64url(auth) });
    if (behaviour === "status") return [Number(figure)];
    if (behaviour === "busy" && subscription.tries === 1) return [429, { "Retry-After": figure }];
    if (behaviour === "broken" && subscription.tries <= Number(figure)) return [500];
    const { ttl, urgency, topic } = request.headers;
    arrivals.push({
      message: JSON.parse(plain),
      ttl,
      urgency,
      topic,
      key: sender.key,
      sub: sender.sub,
      bytes: body.length,
    });
    return [behaviour === "plain" ? Number(more) : 201];
  };

  const control = async (request, url) => {
    const asked = request.method === "POST" ? await json(request) : {};
    if (url.pathname === "/_subscribe")
      return Array.from({ length: asked.count ?? 1 }, () => make(asked.behaviour ?? "ok"));
    if (url.pathname === "/_arrivals") return arrivalsOf(asked.endpoint);
    if (url.pathname === "/_tally") {
      const counts = asked.endpoints.map((it) => arrivalsOf(it).length);
      const isOf = (n) => counts.filter((it) => it === n).length;
      return { none: isOf(0), once: isOf(1), more: counts.filter((it) => it > 1).length, most: open.most };
    }
    return null;
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://push");
    const answer = (status, headers = {}, body = "") => {
      response.writeHead(status, headers);
      response.end(body);
    };
    try {
      if (url.pathname.startsWith("/_")) {
        return answer(200, { "Content-Type": "application/json" }, JSON.stringify(await control(request, url)));
      }
      const [, host, ...rest] = url.pathname.split("/");
      if (host !== HOST || request.method !== "POST") return answer(405);
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      const said = await receive(request, `/${rest.join("/")}`);
      open.now -= 1;
      if (said) answer(...said);
    } catch (error) {
      answer(400, {}, String(error));
    }
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, "127.0.0.1");
  server.unref();
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, make, arrivalsOf };
}
