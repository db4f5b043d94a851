import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { checkIdempotencyKey, idempotencyKeyOf } from "../../core/http/idempotency.ts";
import { PixelConfigQuery, PixelConfigSchema, TrackedSchema, TrackSchema } from "./contract.ts";
import { pageOf, pixelConfig } from "./service/config.ts";
import { trackEvent } from "./service/track.ts";

const tag = "Pixel";

export const pixelRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/pixel/config",
    operationId: "getPixelConfig",
    tag,
    summary: "The tracking pixel's configuration for the current domain",
    description:
      "`site_id` names the website. Without it the domain is that of the page (`Origin`, `Referer`) or, without either, the one that is called. A domain no website has is answered with `enabled: false`. A website's `settings.pixel` (`enabled`, `features`, `sampleRate`) overrides the defaults.",
    scope: "public",
    cors: true,
    query: PixelConfigQuery,
    success: { status: 200, description: "The configuration", data: PixelConfigSchema },
    handle: async ({ ctx, input, request }) => ({
      data: await pixelConfig({
        ctx,
        input: { page: pageOf(request), ownHost: new URL(request.url).host, siteId: input.query.site_id },
      }),
      headers: { Vary: "Origin, Referer" },
    }),
  }),
  defineEndpoint({
    method: "post",
    path: "/pixel/track",
    operationId: "trackEvent",
    tag,
    summary: "Track a visitor's event",
    description:
      "300 calls a minute from one address. `tracked: true` says that the event is kept and counts from now on; `false` that it is not, and `reason` why: the pixel is off for this domain, the visitor asks not to be tracked (`DNT`, `Sec-GPC`), is not in the sample, or is a program. Repeated with the same `event_id` or `Idempotency-Key` on the same day, an event counts once. Also takes JSON sent as `text/plain`, as `navigator.sendBeacon` does.",
    scope: "public",
    ipLimit: "pixel",
    cors: true,
    beacon: true,
    body: TrackSchema,
    success: { status: 200, description: "Whether the event is kept", data: TrackedSchema },
    handle: async ({ ctx, input, request }) => {
      const { headers, url } = request;
      const idempotencyKey = idempotencyKeyOf(request);
      checkIdempotencyKey(idempotencyKey);
      const optedOut = headers.get("DNT") === "1" || headers.get("Sec-GPC") === "1";
      const userAgent = headers.get("User-Agent") ?? "";
      const ownHost = new URL(url).host;
      const country = headers.get("CF-IPCountry");
      const event = { event: input.body, userAgent, optedOut, ownHost, idempotencyKey, country };
      return { data: await trackEvent({ ctx, input: event }) };
    },
  }),
];
