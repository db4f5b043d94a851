/** One rule a line is for us; browsers do without. */
const compact = (css: string): string => css.replaceAll("\n", "");

/** What the stylesheet takes from a site's design tokens (`--dt-…`), and shapes that are drawn of their colours. */
export const PROPERTIES = compact(`
--primary:var(--dt-color-primary);
--accent:var(--dt-color-accent,#f4b266);
--ground:var(--dt-color-background,var(--dt-color-surface));
--line:color-mix(in srgb,var(--text) 16%,transparent);
--card:var(--dt-radius-card,.6rem);
--gap:clamp(3rem,2rem + 5vw,6rem);
--edge:max(1.25rem,(100% - 66rem)/2);
--deep:color-mix(in oklab,var(--primary),#000 25%);
--pale:color-mix(in oklab,var(--primary),var(--ground) 70%);
--drawing:radial-gradient(circle at 50% 100%,var(--accent) 0 24%,var(--pale) 24.3% 40%,var(--primary) 40.3% 58%,var(--deep) 58.3%);
--drawing-2:radial-gradient(circle at 100% 0,var(--deep) 0 30%,var(--primary) 30.3% 50%,var(--pale) 50.3% 70%,var(--accent) 70.3%);
--drawing-3:radial-gradient(circle,var(--primary) 0 22%,var(--accent) 22.3% 34%,var(--deep) 34.3% 48%,var(--pale) 48.3%);
--map:radial-gradient(circle at 50% 42%,var(--ground) 0 .35rem,var(--primary) .4rem 1rem,transparent 1.05rem),linear-gradient(115deg,transparent 46%,var(--ground) 46.5% 51%,transparent 51.5%),linear-gradient(160deg,transparent 30%,var(--pale) 30.5% 42%,transparent 42.5%),var(--line);
`);

/**
 * How every site looks. Colours that are computed are typed here, so that a token which is no colour counts as none.
 */
export const STYLESHEET = compact(`
@property --primary{syntax:"<color>";inherits:true;initial-value:#1d4ed8}
@property --accent{syntax:"<color>";inherits:true;initial-value:#f59e0b}
@property --ground{syntax:"<color>";inherits:true;initial-value:#fff}
@property --text{syntax:"<color>";inherits:true;initial-value:#1c1917}
*,::before,::after{box-sizing:border-box}
html{color-scheme:var(--scheme);color:var(--text);background:var(--ground);font-size:clamp(1rem,.96rem + .2vw,1.125rem);line-height:1.65;font-family:var(--dt-font-body,system-ui),system-ui,sans-serif;scroll-padding-top:6rem}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;overflow-wrap:anywhere}
h1,h2,h3,h4,.name,.statistics dd{font-family:var(--dt-font-heading,var(--dt-font-body,system-ui)),system-ui,sans-serif;font-weight:var(--dt-heading-weight,700);line-height:1.15;letter-spacing:-.015em;text-wrap:balance;hyphens:auto}
h1{font-size:clamp(2.1rem,1.3rem + 3.6vw,3.75rem);margin:0}
h2{font-size:clamp(1.5rem,1.2rem + 1.2vw,2.1rem);margin:0 0 1.25rem}
h3,.entry{font-size:1.2rem;line-height:1.3;margin:0 0 .4rem;letter-spacing:0}
h4{font-size:1rem;margin:1.5rem 0 .4rem}
p{margin:0 0 1rem;text-wrap:pretty}
:is(div,section,li,figure,blockquote,details)>:last-child{margin-bottom:0}
small{font-size:.85em}
img{display:block;max-width:100%;height:auto;background:attr(data-color type(<color>));object-position:attr(data-at type(<percentage>+))}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.2em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:2px}
main:focus{outline:0}
hr{width:4rem;height:0;margin:var(--gap) 0 0;border:0;border-top:3px solid var(--accent)}
.skip{position:absolute;inset-inline-start:1rem;top:-10rem;z-index:2;background:var(--ground);padding:.6rem 1rem;border-radius:var(--card)}
.skip:focus{top:1rem}
.site{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:center;justify-content:space-between;padding:1rem var(--edge)}
header.site{border-bottom:1px solid var(--line);background:var(--ground)}
.name{margin:0;font-size:1.15rem}
.name a{display:flex;gap:.6rem;align-items:center}
.logo{height:2.5rem;object-fit:contain}
.mark{width:1.1rem;height:1.5rem;border-radius:1rem 1rem 2px 2px;background:linear-gradient(var(--accent),var(--accent)) 70% 62%/.22rem .22rem no-repeat var(--primary)}
nav ul,footer ul{display:flex;flex-wrap:wrap;gap:0 1.5rem;list-style:none;margin:0;padding:0}
nav li ul{display:block;padding-inline-start:1rem;font-size:.9em}
:is(.name,nav,footer) a{color:inherit;text-decoration:none}
nav a,footer a{display:block;padding:.4rem 0;border-bottom:2px solid transparent}
nav a:hover,footer a:hover{border-color:currentColor}
.languages{font-size:.95rem}
nav a[aria-current]{color:var(--link);border-color:var(--link);font-weight:600}
main{flex:1;display:grid;grid-template-columns:var(--edge) minmax(0,1fr) var(--edge);align-content:start;padding-bottom:var(--gap)}
main>*{grid-column:2}
main>h1{padding-top:calc(var(--gap)*.8)}
main>.lead{margin-top:1rem}
main>h1+.lead:last-child::after{content:"";display:block;width:8rem;height:11rem;margin-top:3rem;border-radius:8rem 8rem 0 0;background:var(--drawing)}
.block{margin-top:var(--gap)}
.lead{font-size:clamp(1.1rem,1rem + .6vw,1.35rem);line-height:1.5;max-width:36rem;color:var(--muted)}
h1+.lead,h2+.lead{margin-top:1.1rem}
.action{margin-top:1.75rem}
.button{display:inline-block;padding:.75rem 1.5rem;border-radius:var(--dt-radius-button,var(--card));border:2px solid var(--primary);background:var(--primary);color:var(--on-primary);text-decoration:none;font-weight:600;line-height:1.3}
.button:hover{box-shadow:inset 0 0 0 2px var(--on-primary)}
.button:active{translate:0 1px}
.hero{grid-column:1/-1;margin:0;padding:var(--gap) var(--edge);background:var(--tint);display:grid;gap:2.5rem;align-items:center;overflow:hidden}
.block+.hero{margin-top:var(--gap)}
.drawn::after{content:"";background:var(--drawing)}
.hero::after{height:8rem;border-radius:50rem 50rem 0 0;margin-bottom:calc(var(--gap)*-1)}
.image img{width:100%;max-height:38rem;object-fit:cover;border-radius:var(--card)}
figcaption,.gallery p,.role,.date,small{color:var(--muted)}
figcaption{margin-top:.75rem;font-size:.95rem}
figure,.rows{margin:0}
.split>:not(h2),.prose{max-width:42rem}
.split>h2+.prose>:first-child{margin-top:0}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1.5rem;list-style:none;margin:0;padding:0}
.card{display:flex;flex-direction:column;align-items:flex-start;padding:1.75rem;border-radius:var(--card);background:var(--panel);border:1px solid var(--line)}
.card>img{width:calc(100% + 3.5rem);max-width:none;aspect-ratio:3/2;object-fit:cover;margin:-1.75rem -1.75rem 1.25rem;border-radius:var(--card) var(--card) 0 0}
.card>*{max-width:100%}
.card p:not(:last-child){margin-bottom:.6rem}
.price{font-weight:600;color:var(--link)}
.plans .price{font-size:1.6rem;line-height:1.2}
.card .action{margin-top:auto;padding-top:1.25rem}
.ticks{list-style:"✓ ";padding-inline-start:1.2em;margin:.5rem 0 0}
.ticks ::marker{color:var(--link)}
.monogram{display:inline-grid;place-items:center;width:2.75rem;height:2.75rem;border-radius:50%;background:var(--primary);color:var(--on-primary);font-weight:600}
.team .monogram,.team img{width:4.5rem;height:4.5rem;border-radius:50%;margin:0 0 1.25rem;font-size:1.5rem;aspect-ratio:1}
.steps ol{counter-reset:step}
.steps li{counter-increment:step;border-top:2px solid var(--line);padding-top:1.25rem}
.steps li::before{content:counter(step);display:block;font-size:2.5rem;font-weight:700;line-height:1;color:var(--link);margin-bottom:.75rem}
.timeline ol{grid-template-columns:minmax(0,42rem);gap:0}
.timeline li{position:relative;padding-block:0 2rem;padding-inline-start:2rem;border-inline-start:2px solid var(--line)}
.timeline li::before{content:"";position:absolute;inset-inline-start:-.6rem;top:.3rem;width:1.1rem;height:1.1rem;border-radius:50%;background:var(--primary);border:2px solid var(--ground)}
.date{font-weight:600;font-size:.95rem;margin:0}
.rows div{display:flex;justify-content:space-between;gap:1rem;padding:.8rem 0;border-bottom:1px solid var(--line)}
.rows dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums;text-align:end;flex:none;max-width:60%}
:is(.grid,.hero,.list,figure)>*{min-width:0}
:is(.rows,.quotes) small{display:block;font-weight:400}
.quotes,.statistics{grid-column:1/-1;padding:calc(var(--gap)*.8) var(--edge);background:var(--tint)}
:is(.quotes,.statistics)+:is(.quotes,.statistics){margin-top:0;padding-top:0}
main>:is(.quotes,.statistics,.hero):last-child{margin-bottom:calc(var(--gap)*-1)}
.quotes .card{justify-content:space-between;gap:1.5rem}
blockquote{margin:0}
.quotes blockquote{font-size:1.15rem;line-height:1.55}
.quotes blockquote::before{content:"“";display:block;font:700 4rem/1 Georgia,serif;height:2.2rem;color:var(--accent)}
.quotes figcaption{display:grid;grid-template-columns:auto 1fr;column-gap:.9rem;align-items:center;color:var(--text);font-weight:600;margin:0}
.quotes .monogram{grid-row:span 2}
.quotes .monogram:nth-last-child(1){grid-row:auto}
details{border-bottom:1px solid var(--line)}
summary{display:flex;justify-content:space-between;gap:1rem;padding:1rem 0;cursor:pointer;font-weight:600;list-style:none}
summary::after{content:"+";font-size:1.5rem;line-height:1;color:var(--link)}
[open]>summary::after{content:"–"}
details>:last-child{margin-bottom:1.25rem}
summary:hover{color:var(--link)}
:is(.hero,.gallery li)>img,.gallery .drawn::after{width:100%;aspect-ratio:4/3;object-fit:cover;border-radius:var(--card)}
.gallery p{margin:.6rem 0 0;font-size:.95rem}
.gallery .drawn{display:flex;flex-direction:column-reverse}
.gallery .drawn:nth-child(3n+2)::after{background:var(--drawing-2)}
.gallery .drawn:nth-child(3n)::after{background:var(--drawing-3)}
.statistics .grid{grid-template-columns:repeat(auto-fit,minmax(min(100%,11rem),1fr))}
.statistics .grid div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.statistics dd{margin:0;font-size:clamp(2rem,1.5rem + 2vw,3rem);color:var(--link)}
.banner{padding:clamp(2rem,6vw,4rem);border-radius:var(--card);background:var(--primary);color:var(--on-primary);--link:var(--on-primary)}
.banner>*{max-width:38rem}
.banner .button{background:var(--on-primary);border-color:var(--on-primary);color:var(--primary)}
.banner .button:hover{box-shadow:inset 0 0 0 2px var(--primary)}
.alert{padding:1rem 1.25rem;border-radius:var(--card);background:var(--tint);border:1px solid var(--line);border-inline-start:5px solid var(--accent)}
.place{padding:1.5rem;border-radius:var(--card);border:1px solid var(--line);background:var(--panel)}
.place a{unicode-bidi:plaintext}
.place::before{content:"";display:block;height:9rem;margin:-1.5rem -1.5rem 1.25rem;border-radius:var(--card) var(--card) 0 0;background:var(--map)}
.prose :is(h2,h3){margin-top:2rem}
.prose figure{margin-block:1.5rem}
.article>*{max-width:42rem;margin-inline:auto}
.article .prose{margin-top:2rem}
.meta,.pages,.tags{color:var(--muted);font-size:.95rem}
.article .meta{margin-block:1rem}
.tags,.pages{display:flex;flex-wrap:wrap;gap:.5rem 1rem;list-style:none;padding:0;margin-top:2rem}
.tags li{padding:.2rem .8rem;border:1px solid var(--line);border-radius:2rem}
.list{display:grid;grid-template-columns:minmax(0,1fr);gap:1.5rem;list-style:none;margin:2.5rem 0 0;padding:0;max-width:42rem}
.list h2{font-size:1.35rem;margin:0 0 .4rem}
.prose table{border-collapse:collapse;display:block;overflow-x:auto;overflow-wrap:normal}
.prose :is(td,th){padding:.5rem 1.25rem .5rem 0;border-bottom:1px solid var(--line);text-align:start}
.prose pre{overflow-x:auto;padding:1rem;background:var(--tint)}
.prose blockquote{padding-inline-start:1.25rem;border-inline-start:3px solid var(--accent)}
footer.site{padding-block:2rem;background:var(--text);color:var(--ground);--link:var(--ground)}
footer p{margin:0}
@media(min-width:48rem){
header.site{position:sticky;top:0;z-index:1}
.split{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,2fr);column-gap:3rem}
.split>*{grid-column:2}
.split>h2{grid-column:1;grid-row:1/span 60;margin:0}
.hero{grid-template-columns:minmax(0,7fr) minmax(0,4fr);gap:4rem;padding-block:calc(var(--gap)*1.2)}
.hero::after{height:auto;align-self:stretch;min-height:22rem;margin-bottom:calc(var(--gap)*-1.2)}
}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}.button{transition:box-shadow .15s}}
@media print{
header.site{position:static}
nav,.skip,.action,.hero::after,footer ul{display:none}
html{font-size:11pt}
html,.block,.card,header.site,footer.site{background:none;color:#000;--text:#000;--link:#000;--muted:#000}
.block{margin-top:1.5rem;padding:0;break-inside:avoid}
.hero,.quotes,.statistics{grid-column:2}
details::details-content{content-visibility:visible;display:block}
}
`);
