/**
 * The script of published pages: reports a page view to the pixel, without a cookie, and not at all for visitors who ask
 * not to be tracked, nor of previews, whose policy would refuse it. `cms("event", {…})` reports more.
 */
export const pixelScript = (siteId: string): string => `(function(w,d,n){
if(d.querySelector("body>aside#preview")||n.doNotTrack==="1"||w.doNotTrack==="1"||n.globalPrivacyControl)return w.cms=function(){};
var s=Math.random().toString(36).slice(2,14);
function t(e,p){
var b=JSON.stringify({event:e,url:w.location.href,referrer:d.referrer||null,session_id:s,site_id:${JSON.stringify(siteId)},properties:p||{}});
if(!(n.sendBeacon&&n.sendBeacon("/api/v1/pixel/track",b)))fetch("/api/v1/pixel/track",{method:"POST",body:b,keepalive:true}).catch(function(){});
}
w.cms=t;
t("pageview",{title:d.title});
})(window,document,navigator);
`;
