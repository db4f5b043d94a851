/**
 * The script of pages on which things can be bought. Every one of them works without it: with it a product is put into the
 * cart without leaving the page, the price and stock of a variant are shown as it is chosen, and quantities have buttons.
 */
export const SHOP_SCRIPT = `(function(d){
"use strict";
function on(e,t,f){e.addEventListener(t,f)}
function button(label,text,act){
var b=d.createElement("button");b.type="button";b.textContent=text;b.setAttribute("aria-label",label);on(b,"click",act);return b}
function stepper(input,fewer,more){
function step(by){
var max=+input.max||999,min=+input.min||0,to=Math.max(min,Math.min(max,(+input.value||0)+by));
if(to===+input.value)return;input.value=to;input.dispatchEvent(new Event("change",{bubbles:true}))}
var box=d.createElement("span");box.className="stepper";input.before(box);
box.append(button(fewer,"−",function(){step(-1)}),input,button(more,"+",function(){step(1)}))}
function chosen(form){return form.querySelector("input[name=variantId]:checked,select[name=variantId] option:checked")}
function show(form){
var it=chosen(form),at=form.closest(".offer");if(!it||!at)return;
var price=at.querySelector("[data-price]:not(input):not(option)"),stock=form.querySelector("p[data-stock]");
if(price)price.textContent=it.dataset.price;
if(stock){stock.textContent=it.dataset.stock;stock.className="stock "+it.dataset.availability}
var q=form.elements.quantity;q.max=it.dataset.max;if(+q.value>+q.max)q.value=q.max}
function count(n){d.querySelectorAll("[data-count]").forEach(function(it){it.textContent=n>0?n:""})}
function add(form){
var said=form.querySelector(".said"),submit=form.querySelector("button.button");
submit.disabled=true;said.textContent="";
fetch(form.action,{method:"POST",body:new URLSearchParams(new FormData(form)),credentials:"same-origin",
headers:{Accept:"text/html"}}).then(function(r){
if(!r.ok)throw new Error(r.status);return r.text()}).then(function(text){
var page=new DOMParser().parseFromString(text,"text/html"),n=page.querySelector("[data-count]");
if(!n)throw new Error("no cart");
count(+n.textContent);
var link=d.querySelector(".cart a"),to=d.createElement("a");to.href=link?link.href:form.action;to.textContent=form.dataset.cart;
said.replaceChildren(form.dataset.added+" ",to)}).catch(function(){form.submit()}).finally(function(){submit.disabled=false})}
d.querySelectorAll("form.buy").forEach(function(form){
var q=form.elements.quantity;
if(q)stepper(q,form.dataset.fewer,form.dataset.more);
on(form,"change",function(e){if(e.target.name==="variantId")show(form)});
on(form,"submit",function(e){e.preventDefault();add(form)});
show(form)});
on(window,"pageshow",function(e){if(e.persisted)d.querySelectorAll("form.buy").forEach(show)});
})(document);
`;
