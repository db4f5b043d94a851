import { and, eq } from "drizzle-orm";
import { databaseOf } from "../../core/storage/database.ts";
import type { Env } from "../../env.ts";
import { type FormRow, forms } from "./table.ts";

/** The published form of an id, whoever asks; `null` when there is none. Whether its website is public is asked of that. */
export async function formOfSite(env: Env, id: string): Promise<FormRow | null> {
  const [row] = await databaseOf(env, 0)
    .select()
    .from(forms)
    .where(and(eq(forms.id, id), eq(forms.published, true)));
  return row ?? null;
}
