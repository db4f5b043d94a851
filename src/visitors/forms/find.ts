import { type PublishedForm, publishedForm } from "../../content/forms/published.ts";
import { databaseOf } from "../../core/storage/database.ts";
import { addressOf } from "../address.ts";
import type { LiveVisit } from "../live/page.ts";

/** The id of a page as a form or an address may name it. */
const PAGE_ID = /^page_[0-9A-Z]{26}$/;

/** A form of a website and the page it stands on. */
export interface FoundForm extends PublishedForm {
  /** The address of that page. */
  back: string;
}

/** The form that a path names, as the named page has it; `null` where there is none, and in a preview. */
export async function findForm({ env, site, name: key }: LiveVisit, named: string): Promise<FoundForm | null> {
  if (site.draft) return null;
  const pageId = PAGE_ID.test(named) ? named : "";
  const found = await publishedForm(databaseOf(env, site.tenant.workspaceId), site, { key, pageId });
  return found && { ...found, back: addressOf(site, found.page) };
}
