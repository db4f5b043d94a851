/** A parameter of the description. */
export interface Parameter {
  name: string;
  in: string;
  description?: string;
  schema?: Record<string, unknown>;
}

/** The form that most have; forms are compared as they are written. */
function commonest(forms: string[]): { form: string; count: number } {
  const counts = [...Map.groupBy(forms, (it) => it)].map(([form, { length: count }]) => ({ form, count }));
  return counts.sort((a, b) => b.count - a.count)[0] as { form: string; count: number };
}

/**
 * Names the headers and path parameters that several operations have, by their own names, and has the operations refer
 * to them: they are the same for all, and half of what there is of parameters.
 */
export function shareParameters(
  operations: { parameters?: (Parameter | { $ref: string })[] }[],
): Record<string, Parameter> {
  const all = operations.flatMap((it) => (it.parameters ?? []) as Parameter[]).filter((it) => it.in !== "query");
  const shared: Record<string, Parameter> = {};
  for (const [name, alike] of Map.groupBy(all, (it) => it.name)) {
    const { form, count } = commonest(alike.map((it) => JSON.stringify(it)));
    if (count > 1) shared[name] = JSON.parse(form) as Parameter;
  }
  const isShared = (it: Parameter) => JSON.stringify(it) === JSON.stringify(shared[it.name]);
  for (const operation of operations) {
    operation.parameters = (operation.parameters as Parameter[] | undefined)?.map((it) =>
      isShared(it) ? { $ref: `#/components/parameters/${it.name}` } : it,
    );
    if (operation.parameters === undefined) delete operation.parameters;
  }
  return shared;
}
