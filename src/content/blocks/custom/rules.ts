import { invalid } from "../../../core/errors.ts";
import type { Declared } from "../../../rendering/catalogue/declared.ts";
import { DECLARED } from "../../../rendering/catalogue/index.ts";
import type { Property } from "../../../rendering/catalogue/properties.ts";
import { type CustomProperty, isOfType, placeholdersIn, type Template } from "../../../rendering/custom/block.ts";
import { propertyNamed } from "../../../rendering/custom/fill.ts";

/** A name is given once, and a default is of its property's type. */
function requireProperties(properties: readonly CustomProperty[]): void {
  for (const [index, { name, type, default: otherwise }] of properties.entries()) {
    const isTaken = properties.findIndex((it) => it.name === name) < index;
    if (isTaken) throw invalid(`properties.${index}.name`, "is the name of a property before it");
    if (otherwise !== null && !isOfType(type, otherwise))
      throw invalid(`properties.${index}.default`, `is not what a property of the type ${type} holds`);
  }
}

/** Throws where a value names a property there is not, or fills one that its block does not have. */
function requireFillable(value: unknown, path: string, at: Property | undefined, names: ReadonlySet<string>): void {
  if (typeof value === "string") {
    const unknown = placeholdersIn(value).find((it) => !names.has(it));
    if (unknown !== undefined) throw invalid(path, `names no property: ${unknown}`);
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, it] of value.entries()) requireFillable(it, `${path}.${index}`, at, names);
    return;
  }
  requireProps(value as Record<string, unknown>, path, { properties: at?.of ?? {} }, names);
}

function requireProps(
  props: Record<string, unknown>,
  path: string,
  { properties, others }: Pick<Declared, "properties" | "others">,
  names: ReadonlySet<string>,
): void {
  for (const [name, value] of Object.entries(props)) {
    const property = propertyNamed(properties, name) ?? others;
    if (!property) throw invalid(`${path}.${name}`, "is no property of this type of block");
    requireFillable(value, `${path}.${name}`, property, names);
  }
}

/** A template is of blocks there are, which have what it gives them, and its placeholders name properties. */
export function requireTemplate({ template, properties }: { template: Template; properties: CustomProperty[] }): void {
  requireProperties(properties);
  const names = new Set(properties.map(({ name }) => name));
  for (const [index, { type, props, when }] of template.blocks.entries()) {
    const path = `template.blocks.${index}`;
    const declared = Object.hasOwn(DECLARED, type) ? DECLARED[type] : undefined;
    if (!declared) throw invalid(`${path}.type`, "is no type of block; GET /v1/blocks lists those there are");
    if (when !== undefined && !names.has(when)) throw invalid(`${path}.when`, "names no property");
    requireProps(props, `${path}.props`, declared, names);
  }
}
