// What modules do as they load: objects, closures, maps, patterns and text. Enough of it to take a moment.
const fields = [];
for (let n = 0; n < 20_000; n += 1) {
  const name = `field_${n}`;
  const pattern = n % 50 === 0 ? new RegExp(`^${name}(_[a-z]+)?$`) : null;
  const accepts = (value) => typeof value === "string" && (pattern ? pattern.test(value) : value === name);
  fields.push({ name, tags: new Map([[name, n]]), accepts });
}
const names = JSON.parse(JSON.stringify(fields)).filter(({ name }, at) => fields[at].accepts(name));

export default { fetch: () => new Response(String(names.length)) };
