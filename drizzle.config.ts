import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/**/table.ts", "./src/core/storage/tables.ts", "./src/core/events/tables.ts"],
  out: "./migrations",
});
