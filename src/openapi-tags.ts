/** What each group of operations is about, as the published description introduces it. A tag without a line here fails the lint. */
export const TAG_DESCRIPTIONS: Record<string, string> = {
  Account: "The key that makes the call, and what its workspace has used this month.",
  Health: "Whether the API is up, how fast its parts answer, and how reliable they were.",
  Sites: "The websites of a workspace.",
  Pages: "The pages of a website: blocks, SEO, navigation, languages.",
  Publishing: "Immutable deployments of a website: publish, queue, cancel, roll back.",
  "API keys": "Keys, their scopes, limits and whole life: create, import, rotate, deactivate, revoke.",
  Workspaces: "Tenants: their tier, their settings, their end.",
  "Audit log": "Who changed what, and when.",
  Events: "What has happened in a workspace, in order.",
  Webhooks: "Events posted to an address of yours: signed, tried again for two days, replayable.",
  Entitlements: "What a workspace's plan includes, and how much of it is used.",
  Posts: "Articles and their life from draft to publication.",
  Users: "The members of a workspace.",
  SEO: "Reports on how pages present themselves to search engines.",
  MCP: "What a language model may do with a workspace, as the Model Context Protocol puts it: servers, tools, resources.",
  Pixel: "What visitors' browsers report.",
};
