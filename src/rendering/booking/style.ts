import { FORM_STYLE } from "../style/forms.ts";

/** How what can be booked looks. It follows the site's stylesheet, whose colours and sizes it takes. */
export const BOOKING_STYLE = `${FORM_STYLE}
.booking>h1{font-size:clamp(1.9rem,1.3rem + 2.4vw,2.9rem)}
section.booking:has(>h1){margin-top:clamp(1.75rem,1rem + 2.5vw,3.5rem);max-width:46rem}
.booking>h1+*{margin-top:.75rem}
.booking>h1+.services{margin-top:1.75rem}
.free+p{margin-top:1.75rem}
.facts{color:var(--muted);font-size:1.05rem}
.facts .price{color:var(--text);font-weight:600;font-variant-numeric:tabular-nums}
.services{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:1rem;list-style:none;margin:1.75rem 0 0;padding:0}
.service{position:relative;display:flex;flex-direction:column;padding:1.4rem 1.5rem;border:1px solid var(--line);border-radius:var(--card);background:var(--panel)}
.service :is(h2,h3){font-size:1.2rem;margin:0 0 .25rem;letter-spacing:0}
.service p{margin:.25rem 0 0}
.service a{color:inherit;text-decoration:none}
.service a::after{content:"";position:absolute;inset:0;border-radius:var(--card)}
.service:hover{border-color:var(--link)}
.service a:focus-visible{outline:0}
.service a:focus-visible::after{outline:3px solid var(--link);outline-offset:3px}
.service .more{margin-top:auto;padding-top:.9rem;color:var(--link);font-weight:600}
main form.picker{display:flex;flex-wrap:wrap;gap:1rem;align-items:end;margin-top:1.75rem;max-width:none}
main form.picker>*{margin:0;flex:1 1 11rem;min-width:0;max-width:none}
form.picker .action{flex:0 0 auto}
form.picker .button{height:3.25rem;padding-block:0}
.days{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1.5rem;list-style:none;margin:1rem 0 0;padding:0}
.days a{display:inline-block;padding:.4rem 0}
.free{margin-top:1.75rem}
.free :is(h2,h3,h4){font-size:1.3rem}
.empty :is(h2,h3,h4){font-size:1.2rem;margin:0 0 .5rem}
.empty p{margin:0 auto}
.times{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.5rem,1fr));gap:.6rem;list-style:none;margin:1rem 0 0;padding:0}
.times a{display:block;height:100%;padding:.7rem .6rem;border:2px solid var(--line);border-radius:var(--round);background:var(--panel);color:inherit;text-align:center;text-decoration:none;font-weight:600;font-variant-numeric:tabular-nums}
.times a:hover{border-color:var(--link)}
.times small{display:block;font-weight:400;color:var(--muted)}
.booking .choices{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.5rem,1fr))}
.choice span{text-align:center;font-variant-numeric:tabular-nums}
.zone{margin-top:.75rem;color:var(--muted);font-size:.95rem}
.chosen{font-size:1.15rem;font-weight:600;margin:0}
main form.details{display:block;margin-top:1.75rem;max-width:34rem}
form.details fieldset+fieldset{margin-top:2rem}
.linked>*+*{margin-top:1.25rem}
.status.confirmed,.status.seated,.status.completed{background:var(--primary);border-color:var(--primary);color:var(--on-primary)}
.told{margin-bottom:0;padding:.4rem 1.5rem;border:1px solid var(--line);border-radius:var(--card);background:var(--panel)}
.told div{display:grid;grid-template-columns:minmax(5.5rem,1fr) 4fr;gap:0 1rem;padding:.8rem 0}
.told div+div{border-top:1px solid var(--line)}
.told dt{color:var(--muted)}
.told dd{margin:0;overflow-wrap:anywhere}
.told .what{display:block;font-size:1.2rem;font-weight:600}
.linked form{margin-top:1rem}
.linked .ways{display:flex;flex-wrap:wrap;gap:.75rem}
.linked .confirm{padding:1.25rem 1.5rem;border-radius:var(--card);background:var(--tint)}
.linked form p{margin:0 0 1rem}
.linked form .action{margin:0}
@media print{.picker,.cancel,.confirm,.linked .action{display:none}}
`.replaceAll("\n", "");
