/** How a shop looks. It follows the site's stylesheet, whose colours and sizes it takes. */
export const SHOP_STYLE = `
header .cart{margin:0;font-weight:600}
.cart a{display:block;padding:.4rem 0}
.cart [data-count]:not(:empty){display:inline-grid;place-items:center;min-width:1.5em;height:1.5em;padding:0 .35em;border-radius:1em;background:var(--primary);color:var(--on-primary);font-size:.8em;line-height:1}
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
.shop .price{color:var(--text);font-variant-numeric:tabular-nums}
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
.distribution li{display:grid;grid-template-columns:6em 1fr 3em;gap:.75rem;align-items:center;font-size:.95rem;color:var(--muted);font-variant-numeric:tabular-nums}
.distribution meter{width:100%}
.reviews{list-style:none;margin:0;padding:0}
.review{padding:1.5rem 0;border-top:1px solid var(--line);max-width:44rem}
.review p{margin:0 0 .5rem}
.stars{color:var(--link);letter-spacing:.05em}
.answer{margin-top:1rem;padding:1rem;border-radius:var(--card);background:var(--tint);border-inline-start:4px solid var(--accent)}
.trap{position:absolute;inset-inline-start:-9999px}
.empty{padding:3rem 1.5rem;border-radius:var(--card);background:var(--tint);text-align:center}
.shop .pages{justify-content:space-between;margin-top:2.5rem}
.filter{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:1.5rem 0 0;padding:0}
.filter a{display:block;padding:.35rem 1rem;border:1px solid var(--line);border-radius:2rem;color:inherit;text-decoration:none}
.filter a:hover{border-color:currentColor}
.filter [aria-current]{background:var(--text);border-color:var(--text);color:var(--ground)}
.crumbs{font-size:.95rem;color:var(--muted);margin-bottom:1rem}
.crumbs ol{display:flex;flex-wrap:wrap;gap:0 .5rem;list-style:none;margin:0;padding:0}
.crumbs li+li::before{content:"/";margin-inline-end:.5rem}
.crumbs a{display:inline;padding:0;border:0;color:inherit;font-weight:400}
.crumbs a:hover{text-decoration:underline}
.sale{display:grid;gap:2rem;align-items:start}
.exhibit{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.75rem}
.exhibit .cover:first-child{grid-column:1/-1}
.offer{display:flex;flex-direction:column;gap:1rem;align-items:stretch}
.offer>*{margin:0}
.offer h1{font-size:clamp(1.8rem,1.2rem + 2.4vw,2.75rem)}
.offer>.price{font-size:1.6rem;line-height:1.2}
.buy{display:flex;flex-direction:column;gap:1rem}
.buy p{margin:0}
.choices{display:flex;flex-wrap:wrap;gap:.6rem;margin:0;padding:0;border:0;min-width:0}
.choices legend{padding:0;margin-bottom:.6rem;font-weight:600}
.choice{position:relative;flex:1 1 9rem;min-width:0}
.choice input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.choice span{display:block;padding:.6rem .9rem;border:2px solid var(--line);border-radius:var(--card);background:var(--panel);font-weight:600;line-height:1.35}
.choice small{display:block;font-weight:400}
.choice :checked+span{border-color:var(--link)}
.choice :focus-visible+span{outline:3px solid var(--link);outline-offset:3px}
.choice :disabled+span{border-style:dashed;color:var(--muted);background:none}
.choice :disabled{cursor:not-allowed}
.put{display:flex;flex-wrap:wrap;gap:1rem;align-items:end}
.put .button{flex:1 1 12rem;text-align:center}
button.button{font:inherit;font-weight:600;cursor:pointer}
button.button:disabled{opacity:.55;cursor:default;box-shadow:none}
.quantity span:first-child{display:block;font-weight:600;margin-bottom:.35rem}
.shop :is(input:not([type=radio],[type=checkbox]),select,textarea){font:inherit;color:inherit;width:100%;padding:.7rem .9rem;border:2px solid color-mix(in srgb,var(--text) 55%,var(--ground));border-radius:min(var(--card),.6rem);background:var(--ground)}
.quantity input{max-width:7rem;font-variant-numeric:tabular-nums}
.stepper{display:flex;align-items:stretch}
.stepper input{width:4rem!important;text-align:center;border-inline:0!important;border-radius:0!important;appearance:textfield}
.stepper input::-webkit-inner-spin-button{appearance:none}
.stepper button{width:2.75rem;padding:0;font:inherit;font-size:1.25rem;line-height:1;cursor:pointer;color:inherit;background:var(--panel);border:2px solid color-mix(in srgb,var(--text) 55%,var(--ground));border-radius:.6rem}
.stepper :first-child{border-start-end-radius:0;border-end-end-radius:0}
.stepper :last-child{border-start-start-radius:0;border-end-start-radius:0}
.said:empty{display:none}
.said,.note{padding:.8rem 1rem;border-radius:var(--card);background:var(--tint);border-inline-start:4px solid var(--accent)}
.delivery,.sku{color:var(--muted);font-size:.95rem}
.gone{color:var(--muted);margin:0;padding-inline-start:1.2em}
.offer .prose{margin-top:.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
@media(min-width:40rem){.products{grid-template-columns:repeat(3,minmax(0,1fr));gap:2.5rem 1.5rem}}
@media(min-width:61.25rem){.products{grid-template-columns:repeat(4,minmax(0,1fr))}}
@media(min-width:48rem){
.sale{grid-template-columns:minmax(0,11fr) minmax(0,9fr);gap:3.5rem}
.offer{position:sticky;top:6rem}
}
@media(prefers-reduced-motion:no-preference){.cover img{transition:scale .3s}.product:hover .cover img{scale:1.03}}
`.replaceAll("\n", "");
