// A vitest globalSetup: one receiver of webhooks for the whole run, outside workerd. Tests find it with
// `inject("receiverUrl")`, choose how it behaves by the path they post to, and read what arrived at `/_log?path=…`.
import type { TestProject } from "vitest/node";
import { startReceiver } from "../e2e/support/receiver.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** `http://127.0.0.1:<port>`, without a slash at its end. */
    receiverUrl: string;
  }
}

export default async function provideReceiver(project: TestProject): Promise<() => Promise<void>> {
  const receiver = await startReceiver();
  project.provide("receiverUrl", receiver.url);
  return receiver.close;
}
