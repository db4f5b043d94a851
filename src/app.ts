import { Hono } from "hono";
import { now } from "./core/clock.ts";
import { openExchange } from "./core/http/exchange.ts";
import { mount } from "./core/http/mount.ts";
import { newId } from "./core/ids.ts";
import type { Env } from "./env.ts";
import { openApiDocument } from "./openapi.ts";
import { archiveFiles } from "./platform/archives/file-routes.ts";
import { SURFACES } from "./surfaces.ts";
import { serveFormFile } from "./visitors/form-file.ts";
import { serveMedia } from "./visitors/media.ts";
import { visitByDomain, visitorRoutes } from "./visitors/routes.ts";

export const app = new Hono<{ Bindings: Env }>();

app.get("/openapi.json", (c) => {
  return c.json(openApiDocument(new URL(c.req.url).origin, c.env.IMPORTED_KEY_PREFIXES), 200, {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",
  });
});

/** Files are served under every host of ours: no page has an address of two parts below `/media`. */
app.on(["GET", "HEAD"], "/media/:mediaId/:filename", (c) => serveMedia(openExchange(c), c.req.param("mediaId")));
app.on(["GET", "HEAD"], "/form-files/:fileId", (c) => serveFormFile(openExchange(c), c.req.param("fileId")));

/** Under a website's own domain a page may be called like what is ours elsewhere. */
for (const path of ["/v1", "/api", "/s", "/preview"]) {
  app.on(["GET", "HEAD"], [path, `${path}/`], async (c, next) => (await visitByDomain(c)) ?? next());
}

for (const { surface, endpoints } of SURFACES) app.route(surface.basePath, mount(surface, endpoints));

app.route("/", archiveFiles);
app.route("/", visitorRoutes);

app.notFound(async (c) => {
  const page = await visitByDomain(c);
  if (page) return page;
  const requestId = newId("req", now());
  const message = "The API lives under /v1, /api/v1 and /api.";
  return c.json({ error: "not_found", message, request_id: requestId }, 404, { "X-Request-ID": requestId });
});
