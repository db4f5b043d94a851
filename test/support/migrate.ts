import { emptyStorage } from "./storage.ts";

// Files share a runtime, and begin with empty stores all the same.
await emptyStorage();
