/** What a workspace pays for by the month. */
export const METRICS = ["api_calls", "mcp_calls", "ai_tokens"] as const;

export type Metric = (typeof METRICS)[number];
