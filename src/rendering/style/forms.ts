/** How forms look, and what is said of them. Styles of pages with forms begin with it; it takes the site's colours and sizes. */
export const FORM_STYLE = `
main{--field:color-mix(in srgb,var(--text) 55%,var(--ground));--round:min(var(--card),.6rem)}
.unseen{position:absolute;width:1px;height:1px;padding:0;margin:-1px;border:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.trap{position:absolute;inset-inline-start:-9999px}
.empty{padding:3rem 1.5rem;border-radius:var(--card);background:var(--tint);text-align:center}
main fieldset{margin:0;padding:0;border:0;min-width:0}
main legend{padding:0;margin-bottom:.6rem;font-weight:600}
.choices{display:flex;flex-wrap:wrap;gap:.6rem}
.choice{position:relative;flex:1 1 9rem;min-width:0}
.choice input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.choice span{display:block;height:100%;padding:.6rem .9rem;border:2px solid var(--line);border-radius:var(--round);background:var(--panel);font-weight:600;line-height:1.35}
.choice small{display:block;font-weight:400}
.choice :checked+span{border-color:var(--link)}
.choice :focus-visible+span{outline:3px solid var(--link);outline-offset:3px}
.choice :disabled+span{border-style:dashed;color:var(--muted);background:none}
.choice :disabled{cursor:not-allowed}
button.button{font:inherit;font-weight:600;cursor:pointer}
button.button:disabled{opacity:.55;cursor:default;box-shadow:none}
.quiet{background:none;border-color:var(--field);color:inherit}
.quiet:hover{box-shadow:none;border-color:currentColor}
:is(.quantity>label,.field>label:first-child,label.field){display:block;font-weight:600;margin-bottom:.35rem}
.field small{font-weight:400}
main :is(input:not([type=radio],[type=checkbox],[type=hidden]),select,textarea){display:block;font:inherit;font-weight:400;color:inherit;width:100%;min-height:3.25rem;padding:.6rem .9rem;border:2px solid var(--field);border-radius:var(--round);background:var(--ground)}
main textarea{resize:vertical}
main [aria-invalid=true]{border-width:3px;border-color:var(--link)}
:is(.said,.note,.notice,.problems){padding:.9rem 1.1rem;border-radius:var(--round);background:var(--tint);border:1px solid var(--line);border-inline-start:5px solid var(--accent)}
:is(.notice,.problems){margin:1.5rem 0 0;max-width:none}
.problems{border-inline-start-color:var(--link)}
.problems h2{font-size:1.1rem;margin:0 0 .4rem}
:is(.notice,.problems) ul{margin:0;padding-inline-start:1.2em}
.problem{margin:.4rem 0 0;font-size:.95rem;font-weight:600;color:var(--link)}
form legend{font-size:1.2rem}
.field{margin-bottom:1.1rem}
.pair{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:0 1rem}
.way{display:flex;gap:.7rem;align-items:flex-start;padding:.7rem .9rem;border:2px solid var(--line);border-radius:var(--round);background:var(--panel);cursor:pointer;margin-bottom:.6rem}
.way:has(:checked){border-color:var(--link)}
.way input{flex:none;width:1.15rem;height:1.15rem;margin:.25rem 0 0;accent-color:var(--link)}
.status{display:inline-block;padding:.25rem .9rem;border-radius:2rem;background:var(--tint);border:1px solid var(--line);font-weight:600;font-size:.95rem}
`;
