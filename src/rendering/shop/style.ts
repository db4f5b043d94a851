import { FORM_STYLE } from "../style/forms.ts";

/** How a shop looks. It follows the site's stylesheet, whose colours and sizes it takes. One rule a line is for us. */
export const SHOP_STYLE = `${FORM_STYLE}
header p.cart{margin:0;font-weight:600}
p.cart a{display:block;padding:.4rem 0;color:inherit;text-decoration:none;border-bottom:2px solid transparent}
p.cart a:hover{border-color:currentColor}
p.cart [data-count]:not(:empty){display:inline-grid;place-items:center;min-width:1.6em;height:1.6em;padding:0 .4em;border-radius:1em;background:var(--primary);color:var(--on-primary);font-size:.8em;line-height:1}
section:is(.cart,.checkout,.order),div.shop{margin-top:clamp(1.75rem,1rem + 2.5vw,3.5rem)}
:is(.cart,.checkout,.order)>h1{font-size:clamp(1.9rem,1.3rem + 2.4vw,2.9rem)}
section.cart>form+form+p{margin-top:1.5rem}
.shop>h1+*,.shop>.lead{margin-top:1.25rem}
.products{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:2rem 1rem;list-style:none;margin:2rem 0 0;padding:0}
h2+.products{margin-top:0}
.product{position:relative;display:flex;flex-direction:column;min-width:0}
.product :is(h2,h3){font-size:1.05rem;line-height:1.3;margin:.9rem 0 .2rem;letter-spacing:0}
.product a{color:inherit;text-decoration:none}
.product a::after{content:"";position:absolute;inset:0;border-radius:var(--card)}
.product:hover a{text-decoration:underline}
.product a:focus-visible{outline:0}
.product a:focus-visible::after{outline:3px solid var(--link);outline-offset:3px}
.product p{margin:0}
.cover{overflow:hidden;border-radius:var(--card);aspect-ratio:1;background:var(--tint)}
.cover:empty{background:var(--drawing)}
.product:nth-child(3n+2) .cover:empty{background:var(--drawing-2)}
.product:nth-child(3n) .cover:empty{background:var(--drawing-3)}
.cover img{width:100%;height:100%;object-fit:cover}
:is(.shop,.cart,.order) .price{color:var(--text);font-variant-numeric:tabular-nums}
.stock{font-size:.95rem;color:var(--muted)}
.stock::before{content:"";display:inline-block;width:.6em;height:.6em;margin-inline-end:.5em;border-radius:50%;background:var(--link)}
.stock.few::before{background:var(--accent)}
.stock.out::before{background:none;box-shadow:inset 0 0 0 2px currentColor}
.rating{margin:0;color:var(--link);letter-spacing:.05em}
.rating small{color:var(--muted);letter-spacing:0}
#reviews{margin-top:var(--gap)}
.reviewed{display:grid;gap:1rem;align-items:start;margin-bottom:2rem}
.reviewed .rating{font-size:1.25rem}
.distribution{list-style:none;margin:0;padding:0;max-width:26rem}
.distribution li{display:grid;grid-template-columns:9.5em 1fr 3em;gap:.75rem;align-items:center;font-size:.95rem;color:var(--muted);font-variant-numeric:tabular-nums}
.distribution meter{width:100%}
.distribution meter::-webkit-meter-optimum-value{background:var(--link)}
.distribution meter::-moz-meter-bar{background:var(--link)}
.reviews{list-style:none;margin:0;padding:0}
.review{padding:1.5rem 0;border-top:1px solid var(--line);max-width:44rem}
.review p{margin:0 0 .5rem}
.stars{color:var(--link);letter-spacing:.05em}
.answer{margin-top:1rem;padding:1rem;border-radius:var(--card);background:var(--tint);border-inline-start:4px solid var(--accent)}
.shop .pages{justify-content:space-between;margin-top:2.5rem}
.filter ul{gap:.5rem;margin-top:1.5rem}
.filter a{padding:.35rem 1rem;border:1px solid var(--line);border-radius:2rem}
.filter a[aria-current]{background:var(--text);border-color:var(--text);color:var(--ground)}
.crumbs{font-size:.95rem;color:var(--muted);margin-bottom:1.25rem}
.crumbs ol{display:flex;flex-wrap:wrap;gap:0 .5rem;list-style:none;margin:0;padding:0}
.crumbs li+li::before{content:"/";margin-inline-end:.5rem}
.crumbs a,.crumbs a[aria-current]{display:inline;padding:0;border:0;color:inherit;font-weight:400}
.crumbs a:hover{text-decoration:underline}
.sale{display:grid;gap:2rem;align-items:start}
.exhibit{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.75rem}
.exhibit .cover:first-child{grid-column:1/-1}
.offer{display:flex;flex-direction:column;gap:1rem}
.offer>*{margin:0}
.offer h1{font-size:clamp(1.8rem,1.2rem + 2.4vw,2.75rem)}
.offer>.price{font-size:1.6rem;line-height:1.2}
.buy{display:flex;flex-direction:column;gap:1.1rem}
.buy p{margin:0}
.put{display:flex;flex-wrap:wrap;gap:1rem;align-items:end}
.put .button{flex:1 1 12rem;text-align:center;height:3.25rem;padding-block:0}
.plain{padding:.4rem 0;border:0;background:none;font:inherit;font-size:.95rem;color:var(--link);text-decoration:underline;text-underline-offset:.2em;cursor:pointer}
.quantity{width:9rem}
.quantity input,.line input{max-width:9rem;font-variant-numeric:tabular-nums}
main .stepper{display:flex;width:fit-content}
main .stepper input{width:3.5rem;text-align:center;border-inline:0;border-radius:0;appearance:textfield}
.stepper input::-webkit-inner-spin-button{appearance:none}
.stepper button{width:2.75rem;padding:0;font:inherit;font-size:1.25rem;line-height:1;cursor:pointer;color:inherit;background:var(--panel);border:2px solid var(--field);border-radius:var(--round)}
.stepper button:hover{background:var(--tint)}
.stepper :first-child{border-start-end-radius:0;border-end-end-radius:0}
.stepper :last-child{border-start-start-radius:0;border-end-start-radius:0}
.said:empty{display:none}
.delivery,.sku{color:var(--muted);font-size:.95rem}
.gone{color:var(--muted);margin:0;padding-inline-start:1.2em}
.offer .prose{margin-top:.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
main form.split{display:grid;grid-template-columns:minmax(0,1fr);gap:2.5rem;max-width:none;margin-top:2rem;align-items:start}
main form.split>*{grid-column:auto;max-width:none;min-width:0}
form :is(fieldset,.ways)+:is(fieldset,.ways,.field){margin-top:2rem}
.ways:empty{display:none}
.buy legend{font-size:1rem}
.summary{padding:clamp(1.25rem,4vw,2rem);border-radius:var(--card);background:var(--tint)}
.summary .button{width:100%;text-align:center}
.summary .action{margin-top:1.25rem}
.lines,.bought{list-style:none;margin:0;padding:0}
.line{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.25rem 1rem;align-items:center;padding:1.25rem 0;border-bottom:1px solid var(--line)}
.line:first-child{padding-top:0}
.line p{margin:0}
.line .entry{font-weight:600;font-size:1.1rem}
.line .entry a{color:inherit;text-decoration:none}
.line .entry a:hover{text-decoration:underline}
.line .price{grid-column:2;grid-row:1;justify-self:end}
.line .each{grid-column:1/-1;color:var(--muted);font-size:.95rem}
.line .field{margin:.35rem 0 0}
.line .plain{grid-column:2;justify-self:end;align-self:end}
.summary>.bought{margin-bottom:.4rem}
.bought li{display:flex;justify-content:space-between;gap:1rem;padding:.5rem 0;font-variant-numeric:tabular-nums}
.bought li>:last-child{white-space:nowrap}
.totals{margin:1rem 0 0;padding-top:.75rem;border-top:1px solid var(--line)}
.totals div{display:flex;justify-content:space-between;gap:1rem;padding:.3rem 0}
.totals dd{margin:0;font-variant-numeric:tabular-nums;text-align:end}
.totals .sum{margin-top:.5rem;padding-top:.8rem;border-top:1px solid var(--line);font-size:1.25rem;font-weight:700}
.totals .within{color:var(--muted);font-size:.9rem}
.order{max-width:42rem}
.order>*+*{margin-top:1.25rem}
.order section{padding:1.25rem 1.5rem;border:1px solid var(--line);border-radius:var(--card);background:var(--panel)}
.order section h2{font-size:1.25rem;margin:0 0 .6rem}
.status:is(.paid,.shipped,.delivered,.completed){background:var(--primary);border-color:var(--primary);color:var(--on-primary)}
.order .cancel{border:0}
.order .bought{border-top:1px solid var(--line);padding-top:.5rem}
@media(min-width:40rem){.products{grid-template-columns:repeat(3,minmax(0,1fr));gap:2.5rem 1.5rem}}
@media(min-width:61.25rem){.products{grid-template-columns:repeat(4,minmax(0,1fr))}}
@media(min-width:48rem){
.sale{grid-template-columns:minmax(0,11fr) minmax(0,9fr);gap:3.5rem}
:is(.offer,.summary){position:sticky;top:6rem}
main form.split{grid-template-columns:minmax(0,3fr) minmax(17rem,2fr);gap:clamp(2rem,5vw,4.5rem)}
}
@media(prefers-reduced-motion:no-preference){.cover img{transition:scale .3s}.product:hover .cover img{scale:1.03}}
@media print{.buy,.cancel,p.cart{display:none}}
`.replaceAll("\n", "");
