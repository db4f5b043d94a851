import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/**/table.ts", "./src/core/storage/tables.ts"],
  out: "./migrations",
});
