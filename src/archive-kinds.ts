import { type Kind, registerKinds } from "./content/archive/kind.ts";
import { MEDIA_KIND, PICTURE_KIND } from "./content/archive/media-kinds.ts";
import { PAGE_KIND } from "./content/archive/page-kind.ts";
import { kindOf } from "./content/archive/resource-kind.ts";
import { SITE_KIND } from "./content/archive/site-kind.ts";
import { ENTRY_KIND } from "./content/loyalty/ledger/archive.ts";
import { SITE_RESOURCES } from "./content/resources.ts";
import { POST_KIND } from "./platform/posts/archive.ts";

/** Resources that are in archives: all of those that are declared once, but for those that ask to be left out. */
const RESOURCES = SITE_RESOURCES.filter(({ archived, name }) => archived !== false && name !== "media").map(kindOf);

/** What pages are made of comes before them. */
const isBlock = ({ name }: Kind): boolean => name === "custom_block";
const BLOCKS = RESOURCES.filter(isBlock);
const OTHERS = RESOURCES.filter((kind) => !isBlock(kind));

/** What an archive has, in the order in which it is imported. */
registerKinds(SITE_KIND, MEDIA_KIND, PICTURE_KIND, ...BLOCKS, PAGE_KIND, POST_KIND, ...OTHERS, ENTRY_KIND);
