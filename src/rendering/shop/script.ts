/**
 * The script of pages on which things can be bought. Every one of them works without it: with it a product is put into the
 * cart without leaving the page, the price and stock of a variant are shown as it is chosen, quantities have buttons and
 * are reckoned with as they change, so are the country and the way of an order, and an order is sent once, however often
 * its button is pressed.
 */
export const SHOP_SCRIPT = `(function(d){
"use strict";
function on(e,t,f){e.addEventListener(t,f)}
function all(s,f){d.querySelectorAll(s).forEach(f)}
function button(label,text,act){
var b=d.createElement("button");b.type="button";b.textContent=text;b.setAttribute("aria-label",label);on(b,"click",act);return b}
function stepper(input,words){
function step(by){
var to=Math.max(+input.min,Math.min(+input.max,(+input.value||0)+by));
if(to===+input.value)return;input.value=to;input.dispatchEvent(new Event("change",{bubbles:true}))}
var box=d.createElement("span");box.className="stepper";input.before(box);
box.append(button(words.fewer,"\\u2212",function(){step(-1)}),input,button(words.more,"+",function(){step(1)}))}
function show(form){
var it=form.querySelector("[name=variantId]:checked,[name=variantId] :checked"),at=form.closest(".offer");
if(!it)return;
at.querySelector(".price").textContent=it.dataset.price;
var stock=form.querySelector(".stock"),q=form.elements.quantity;
stock.textContent=it.dataset.stock;stock.className="stock "+it.dataset.availability;
q.max=it.dataset.max;if(+q.value>+q.max)q.value=q.max}
function add(form){
var said=form.querySelector(".said"),cart=form.getAttribute("action"),submit=form.querySelector("button.button");
submit.disabled=true;said.textContent="";
fetch(cart,{method:"POST",body:new URLSearchParams(new FormData(form)),credentials:"same-origin"}).then(function(r){
if(!r.ok)throw r;return r.text()}).then(function(text){
var count=new DOMParser().parseFromString(text,"text/html").querySelector("[data-count]").textContent,to=d.createElement("a");
all("[data-count]",function(it){it.textContent=count});
to.href=cart;to.textContent=form.dataset.cart;
said.replaceChildren(form.dataset.added+" · ",to);submit.disabled=false
}).catch(function(){submit.disabled=false;form.submit()})}
all("form.buy",function(form){
stepper(form.elements.quantity,form.dataset);
on(form,"change",function(e){if(e.target.name==="variantId")show(form)});
on(form,"submit",function(e){e.preventDefault();add(form)});
show(form)});
all("section.cart form.split",function(form){
var later,update=form.querySelector("[value=update]");
on(form,"change",function(e){if(e.target.type!=="number"||!update)return;
clearTimeout(later);later=setTimeout(function(){if(form.reportValidity())form.requestSubmit(update)},700)})});
var sent=false;
function reckon(form,isPlace){
var data=new FormData(form),asked=new URLSearchParams(),mine=form.asked=(form.asked||0)+1;
["country","couponCode"].concat(isPlace?[]:"shippingMethod").forEach(function(it){if(data.get(it))asked.set(it,data.get(it))});
fetch(form.getAttribute("action")+"?"+asked,{credentials:"same-origin"}).then(function(r){
if(!r.ok)throw r;return r.text()}).then(function(text){
if(mine!==form.asked||sent)return;
var page=new DOMParser().parseFromString(text,"text/html"),now=page.querySelector("section.checkout form");
if(!now||page.querySelector(".problems"))return form.requestSubmit(form.querySelector("[value=recalculate]"));
(isPlace?[".ways",".bought",".sums"]:[".bought",".sums"]).forEach(function(it){
form.querySelector(it).replaceChildren.apply(form.querySelector(it),now.querySelector(it).childNodes)});
form.elements.seen.value=now.elements.seen.value}).catch(function(){})}
all("section.checkout form",function(form){
on(form,"change",function(e){var it=e.target.name;if(it==="country"||it==="shippingMethod")reckon(form,it==="country")});
on(form,"submit",function(e){if(sent)e.preventDefault();sent=true})});
on(window,"pageshow",function(e){sent=false;if(e.persisted)all("form.buy",show)});
})(document);
`;
