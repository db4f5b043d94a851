import { SITE_RESOURCES } from "./content/resources.ts";
import { registerPersonalAttributes } from "./core/keys/attributes.ts";
import { PERSONAL_USER_FIELDS } from "./platform/users/contract.ts";

/** What keys of access type `integrations` may be kept from seeing, of every resource that has such a thing. */
registerPersonalAttributes({
  user: PERSONAL_USER_FIELDS,
  ...Object.fromEntries(SITE_RESOURCES.flatMap(({ name, personal }) => (personal ? [[name, personal]] : []))),
});
