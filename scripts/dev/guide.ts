import { relative } from "node:path";
import type { DemoFile } from "./demo.ts";
import { shopGuide } from "./shop-guide.ts";

/** What to do next, ready to paste. */
export function guide(demo: DemoFile, demoFile: string): string {
  const { baseUrl, siteId, keys } = demo;
  const file = relative(process.cwd(), demoFile);
  const key = `-H 'X-Api-Key: ${keys.live}'`;
  const pages = `${baseUrl}/v1/sites/${siteId}/pages`;
  return `
Ready on ${baseUrl}. All demo keys are in ${file}. Ctrl-C stops everything.
Mails land in .wrangler/tmp/email, in a folder of this start; each is named here with its file.

# Who am I?
curl -s ${baseUrl}/v1/me ${key}

# The pages of a website
curl -s '${pages}?limit=2' ${key}

# Create a page; run it twice and there is still one page
curl -s -i ${pages} ${key} -H 'Idempotency-Key: my-first-page' -H 'Content-Type: application/json' -d '{"title": "Contact", "status": "published"}'

# Have a page written, by a local model server that follows rules; then look at the job
curl -s -i ${baseUrl}/v1/sites/${siteId}/ai/generate ${key} -H 'Content-Type: application/json' -d '{"prompt": "Our sourdough course on Saturdays"}'
curl -s '${baseUrl}/v1/sites/${siteId}/jobs' ${key}

# Publish the website; a second time within five minutes answers 429
curl -s -i -X POST ${baseUrl}/v1/sites/${siteId}/publish ${key}

${shopGuide(demo, file)}`;
}
