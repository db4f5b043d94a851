import { emptyStorage } from "./storage.ts";

// Every file with stores begins with empty ones.
await emptyStorage();
