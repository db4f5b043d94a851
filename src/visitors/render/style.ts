/** What a design token's value may be made of: nothing that ends a declaration, loads anything or opens a comment. */
const SAFE_VALUE = /^(?!.*(?:url|expression|image|import|\/\*))[\w #.,%()+\-"'/]{1,200}$/i;

/** Quotes come in pairs and brackets are closed, or the value would swallow what follows it. */
function isBalanced(value: string): boolean {
  const outside = value.replace(/"[^"]*"|'[^']*'/g, "");
  let depth = 0;
  for (const character of outside) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0 && !/["']/.test(outside);
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A site's design tokens as custom properties: `colorPrimary` is `--dt-color-primary`. */
function tokens(designTokens: Record<string, string>): string {
  const lines = Object.entries(designTokens)
    .filter(([name, value]) => /^[a-z][A-Za-z0-9]*$/.test(name) && SAFE_VALUE.test(value) && isBalanced(value))
    .map(([name, value]) => `--dt-${kebab(name)}:${value};`);
  return `:root{${lines.join("")}}`;
}

const STYLE = `
*,::before,::after{box-sizing:border-box}
html{color-scheme:light;font:100%/1.6 var(--dt-font-body,ui-sans-serif),system-ui,sans-serif;color:var(--dt-color-text,#1c1917);background:var(--dt-color-background,var(--dt-color-surface,#fff));scroll-behavior:smooth}
body{margin:0;min-height:100vh;display:flex;flex-direction:column}
h1,h2,h3{font-family:var(--dt-font-heading,inherit);line-height:1.2;text-wrap:balance}
h1{font-size:clamp(2.25rem,6vw,4rem);margin:0}
h2{font-size:clamp(1.5rem,3vw,2rem);margin:0 0 1rem}
h3{font-size:1.15rem;margin:0 0 .5rem}
img{max-width:100%;height:auto;border-radius:var(--dt-radius-card,.5rem)}
a{color:var(--dt-color-primary,#1d4ed8);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--dt-color-primary,#1d4ed8);outline-offset:3px}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem 1rem}
header.site,footer.site,main{width:100%;max-width:68rem;margin:0 auto;padding:1.25rem}
header.site{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:center;justify-content:space-between}
.name{margin:0;font-weight:700;font-size:1.1rem}
.name a{color:inherit;text-decoration:none}
nav ul,footer ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
nav a{display:inline-block;padding:.4rem 0}
nav a[aria-current]{font-weight:600;text-decoration-thickness:2px}
main{flex:1;padding-block:2rem 4rem}
.block{margin-block:3rem}
.hero{padding-block:clamp(1rem,6vw,4rem)}
.lead{font-size:clamp(1.1rem,2.5vw,1.5rem);max-width:40rem;margin:1rem 0 0}
.text p,.prose{max-width:40rem}
.button{display:inline-block;padding:.7rem 1.4rem;border-radius:var(--dt-radius-button,.5rem);background:var(--dt-color-primary,#1d4ed8);color:#fff;text-decoration:none;font-weight:600}
.banner,.alert{padding:1.5rem 2rem;border:1px solid color-mix(in srgb,currentColor 20%,transparent);border-radius:var(--dt-radius-card,.5rem)}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1.25rem;list-style:none;margin:0;padding:0}
.card{padding:1.25rem;border:1px solid color-mix(in srgb,currentColor 15%,transparent);border-radius:var(--dt-radius-card,.5rem)}
.prices{margin:0;max-width:40rem}
.prices div{display:flex;justify-content:space-between;gap:1rem;padding:.6rem 0;border-bottom:1px solid color-mix(in srgb,currentColor 15%,transparent)}
.prices dd{margin:0;font-variant-numeric:tabular-nums;white-space:nowrap}
.quotes figure{margin:0 0 1.5rem;max-width:40rem}
blockquote{margin:0;font-size:1.2rem}
figcaption{color:color-mix(in srgb,currentColor 75%,transparent);font-size:.95rem}
details{border-bottom:1px solid color-mix(in srgb,currentColor 15%,transparent);padding:.75rem 0;max-width:40rem}
summary{cursor:pointer;font-weight:600}
footer.site{border-top:1px solid color-mix(in srgb,currentColor 15%,transparent);display:flex;flex-wrap:wrap;justify-content:space-between;gap:1rem}
footer p{margin:0}
`;

/** The one stylesheet of a site. */
export const styleOf = (designTokens: Record<string, string>): string => tokens(designTokens) + STYLE;
