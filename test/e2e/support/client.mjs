import { setTimeout as sleep } from "node:timers/promises";

/** Calls the API with one key and counts what was let in: everything that was neither refused nor limited. */
export function clientOf(baseUrl, key) {
  const client = {
    admitted: 0,
    async call(method, path, { body, headers = {} } = {}) {
      const response = await fetch(baseUrl + path, {
        method,
        headers: {
          "X-Api-Key": key,
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status !== 401 && response.status !== 429) client.admitted += 1;
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: text ? JSON.parse(text) : undefined,
      };
    },
    /** The same, waiting as long as a limit of the key asks for. */
    async heedingLimits(method, path, options) {
      for (;;) {
        const answer = await client.call(method, path, options);
        if (answer.status !== 429) return answer;
        await sleep(Number(answer.headers.get("Retry-After")) * 1_000);
      }
    },
    get: (path, options) => client.call("GET", path, options),
    post: (path, options) => client.call("POST", path, options),
  };
  return client;
}
