/** How forms of pages look. It follows the site's stylesheet, whose colours and sizes it takes. One rule a line is for us. */
export const FORM_STYLE = `
.form{--field:color-mix(in srgb,var(--text) 55%,var(--ground));--round:min(var(--card),.6rem)}
.form-fields{max-width:42rem}
.form>:is(h1,h2,p)+.form-fields{margin-top:1.5rem}
.form .field{margin:0 0 1.25rem;padding:0;border:0;min-width:0}
.form :is(.field>label:first-child:not(.way),legend){display:block;padding:0;margin-bottom:.35rem;font-weight:600}
.form .field small{font-weight:400}
.form .help{margin:0 0 .4rem;font-size:.95rem;color:var(--muted)}
.form :is(input:not([type=radio],[type=checkbox],[type=hidden]),select,textarea){display:block;font:inherit;font-weight:400;color:inherit;width:100%;max-width:100%;min-height:3.25rem;padding:.6rem .9rem;border:2px solid var(--field);border-radius:var(--round);background:var(--ground)}
.form textarea{resize:vertical}
.form input[type=file]{padding:.75rem .9rem}
.form [aria-invalid=true]{border-width:3px;border-color:var(--link)}
.form .way{display:flex;gap:.7rem;align-items:flex-start;padding:.7rem .9rem;border:2px solid var(--line);border-radius:var(--round);background:var(--panel);cursor:pointer;margin-bottom:.6rem;font-weight:400}
.form .way:has(:checked){border-color:var(--link)}
.form .way input{flex:none;width:1.15rem;height:1.15rem;margin:.25rem 0 0;accent-color:var(--link)}
.form .way span{min-width:0;overflow-wrap:anywhere}
.form .problem{margin:0 0 .4rem;font-size:.95rem;font-weight:600;color:var(--link)}
.form .problems{margin:0 0 1.5rem;padding:.9rem 1.1rem;border-radius:var(--round);background:var(--tint);border:1px solid var(--line);border-inline-start:5px solid var(--link)}
.form .problems p{margin:0 0 .4rem}
.form .problems p:last-child{margin:0}
.form .problems ul{margin:0;padding-inline-start:1.2em}
.form .trap{position:absolute;inset-inline-start:-9999px}
.form .empty{padding:1.5rem;border-radius:var(--card);background:var(--tint);text-align:center}
.form button.button{font:inherit;font-weight:600;cursor:pointer}
`.replaceAll("\n", "");
