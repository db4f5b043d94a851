declare namespace Cloudflare {
  interface Env extends ProductEnv {
    TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
  interface GlobalProps {
    mainModule: typeof import("../../src/index.ts");
  }
}
type ProductEnv = import("../../src/env.ts").Env;

declare module "*.md?raw" {
  const text: string;
  export default text;
}
