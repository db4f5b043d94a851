/**
 * The script of published pages: reports page views to the pixel, also those of pages that a script shows, without a cookie
 * or anything else kept in the browser; and nothing for visitors who ask not to be tracked, nor of previews, whose policy would
 * refuse it. `cms("event", {…})` reports more. Every event has a name of its own, so that one that is sent again counts once.
 */
export const pixelScript = (siteId: string): string => `(function(w,d,n){
if(d.querySelector("body>aside#preview")||n.doNotTrack==="1"||w.doNotTrack==="1"||n.globalPrivacyControl)return w.cms=function(){};
var u="/api/v1/pixel/track",r=d.referrer||null,l="";
function f(b,k){fetch(u,{method:"POST",body:b,keepalive:true}).catch(function(){if(k)setTimeout(f,5e3,b,k-1)});}
function t(e,p){
var b=JSON.stringify({event:e,event_id:Math.random().toString(36).slice(2)+Date.now().toString(36),url:w.location.href,referrer:r,site_id:${JSON.stringify(siteId)},properties:p||{}});
if(!(n.sendBeacon&&n.sendBeacon(u,b)))f(b,2);
}
function v(){
var h=w.location.pathname;
if(h===l)return;
if(l)r=null;
l=h;
t("pageview",{title:d.title});
}
w.cms=t;
["pushState","replaceState"].forEach(function(m){
var o=history[m];
history[m]=function(){var x=o.apply(this,arguments);setTimeout(v);return x;};
});
w.addEventListener("popstate",v);
v();
})(window,document,navigator);
`;
