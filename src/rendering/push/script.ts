/**
 * The script of the button for notifications: shows it where the browser has such a thing, subscribes and unsubscribes.
 * What it is called by says where the site begins. In a preview there is nothing to subscribe to.
 */
export const pushScript = (siteId: string): string => `(function(w,d,n){
"use strict";
var all=d.querySelectorAll("section[data-push]"),me=d.currentScript;
if(!all.length||!me||d.querySelector("body>aside#preview")||!n.serviceWorker||!w.PushManager||!w.Notification)return;
var base=new URL(me.src).pathname.replace(/\\/[0-9a-f]{16}\\/push\\.js$/,""),scope=base+"/",of="?site=${siteId}";
function call(method,body){
return fetch("/api/push/subscriptions"+of,{method:method,headers:{"Content-Type":"application/json"},body:JSON.stringify(body),credentials:"omit"}).then(function(r){if(!r.ok)throw r})}
function bytes(text){
var raw=atob(text.replace(/-/g,"+").replace(/_/g,"/")),to=new Uint8Array(raw.length);
for(var i=0;i<raw.length;i+=1)to[i]=raw.charCodeAt(i);
return to}
function current(){
return n.serviceWorker.getRegistration(scope).then(function(r){return r?r.pushManager.getSubscription():null})}
function working(r){
var it=r.active?null:r.installing||r.waiting;
return it?new Promise(function(done){it.addEventListener("statechange",function(){if(it.state==="activated")done(r)})}):r}
function subscribe(topics){
return Promise.all([n.serviceWorker.register(base+"/push-worker.js",{scope:scope}).then(working),
fetch("/api/push/key"+of,{credentials:"omit"}).then(function(r){if(!r.ok)throw r;return r.json()})]).then(function(it){
return it[0].pushManager.subscribe({userVisibleOnly:true,applicationServerKey:bytes(it[1].publicKey)})}).then(function(s){
var wish=s.toJSON();wish.locale=d.documentElement.lang;
if(topics)wish.topics=topics.split(" ");
return call("POST",wish).catch(function(e){return s.unsubscribe().then(function(){throw e})})})}
function unsubscribe(s){
return call("DELETE",{endpoint:s.endpoint}).then(function(){return s.unsubscribe()})}
all.forEach(function(at){
var button=at.querySelector("button"),said=at.querySelector("[role=status]");
function show(isOn){button.textContent=isOn?button.dataset.out:button.dataset["in"];button.dataset.is=isOn?"on":"off"}
function say(what){said.textContent=said.dataset[what]}
button.addEventListener("click",function(){
button.disabled=true;said.textContent="";
var isOn=button.dataset.is==="on";
(isOn?current().then(function(s){return s&&unsubscribe(s)}):Notification.requestPermission().then(function(it){
if(it!=="granted")throw "denied";
return subscribe(at.dataset.topics)})).then(function(){show(!isOn);say(isOn?"off":"on")},function(e){say(e==="denied"?"denied":"failed")}).then(function(){button.disabled=false})});
current().then(function(s){
show(!!s);
if(Notification.permission==="denied"){button.disabled=true;say("denied")}
at.hidden=false},function(){})})
})(window,document,navigator);
`;

/**
 * The service worker of a site: shows what is pushed, opens what it is about, and tells us when the browser changes its
 * subscription. It lies where the site begins, which is what it is in charge of.
 */
export const pushWorker = (siteId: string): string => `"use strict";
var of="?site=${siteId}";
function below(address){
var home=self.registration.scope;
if(!address)return home;
return /^\\/(?!\\/|media\\/|s\\/|preview\\/)/.test(address)?home+address.slice(1):new URL(address,home).href}
function whole(address){return address?new URL(address,self.registration.scope).href:undefined}
self.addEventListener("install",function(){self.skipWaiting()});
self.addEventListener("activate",function(e){e.waitUntil(self.clients.claim())});
self.addEventListener("push",function(e){
var it={};
try{it=e.data.json()}catch(none){}
e.waitUntil(self.registration.showNotification(String(it.title||""),{body:String(it.body||""),icon:whole(it.icon),data:{url:it.url||null}}))});
self.addEventListener("notificationclick",function(e){
e.notification.close();
var to=below(e.notification.data&&e.notification.data.url);
e.waitUntil(self.clients.matchAll({type:"window"}).then(function(open){
for(var i=0;i<open.length;i+=1)if(open[i].url===to)return open[i].focus();
return self.clients.openWindow(to)}))});
self.addEventListener("pushsubscriptionchange",function(e){
var old=e.oldSubscription;
e.waitUntil(Promise.resolve(e.newSubscription||(old&&self.registration.pushManager.subscribe(old.options))).then(function(s){
if(!s)return;
var wish=s.toJSON();
if(old)wish.replaces=old.endpoint;
return fetch("/api/push/subscriptions"+of,{method:"POST",headers:{"Content-Type":"application/json"},body:JSON.stringify(wish),credentials:"omit"})}))});
`;
