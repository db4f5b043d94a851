import type { World } from "./world.ts";

/** The endpoints a key is shown. */
export const idsSeen = async (by: World): Promise<number[]> =>
  (await by.platform.get("/webhooks?per_page=100")).body.data.map(({ id }: { id: number }) => id);

/** Everything that can be asked of one endpoint on the Platform API; each answers what a stranger would get. */
export const platformCalls = (by: World, id: number) => [
  by.platform.get(`/webhooks/${id}`),
  by.platform.patch(`/webhooks/${id}`, { description: "Mine" }),
  by.platform.delete(`/webhooks/${id}`),
  by.platform.post(`/webhooks/${id}/rotate-secret`),
  by.platform.post(`/webhooks/${id}/end-previous-secret`),
  by.platform.post(`/webhooks/${id}/test`),
  by.platform.get(`/webhooks/${id}/deliveries`),
  by.platform.get(`/webhooks/${id}/deliveries/1`),
  by.platform.post(`/webhooks/${id}/deliveries/1/retry`),
  by.platform.post(`/webhooks/${id}/replay`, { from: "2026-11-01T00:00:00Z" }),
  by.platform.get(`/webhooks/${id}/replays`),
  by.platform.get(`/webhooks/${id}/replays/1`),
  by.platform.post(`/webhooks/${id}/replays/1/cancel`),
];

export const statusesOf = async (calls: Promise<{ status: number }>[]) => [
  ...new Set((await Promise.all(calls)).map(({ status }) => status)),
];
