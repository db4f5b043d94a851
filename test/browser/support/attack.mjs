/** In every frame, before any of its scripts: whatever runs that nobody wrote for this page says so. */
export const watchScripts = () => {
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    globalThis[name] = () => globalThis.__found(`${name}() runs`);
  }
  // The test's own code arrives by these two.
  for (const name of ["eval", "Function"]) {
    globalThis[name] = new Proxy(globalThis[name], {
      apply(target, self, code) {
        if (code.some((it) => /alert\(/.test(it))) globalThis.__found(`${name}() runs ${code}`);
        return Reflect.apply(target, self, code);
      },
    });
  }
};

/**
 * Looks for what could run, then does all a visitor could do: points at everything, opens what opens, clicks what can be
 * clicked. A link is followed unless it leads to a web page or an address to write to or call.
 */
export const provoke = async () => {
  const found = [];
  const harmless = ["http:", "https:", "mailto:", "tel:"];
  const ofForms = "form,input,textarea,select,button";
  const mayNotBe = "iframe,frame,object,embed,base,svg,math,style,template,noscript,video,audio";
  /** JSON-LD is data, whole and by itself: what follows `</script>` in it would be none of it. */
  const isData = (element) => {
    if (element.type !== "application/ld+json" || element.src) return false;
    try {
      return Array.isArray(JSON.parse(element.textContent)["@graph"]);
    } catch {
      return false;
    }
  };
  /** A form of ours sends to its own site; the button for notifications is in none. */
  const isOurs = (element) => {
    if (!element.matches(ofForms)) return false;
    const form = element.closest("section.block.form > form.form-fields");
    // A field may be called "action".
    if (form) return /^\/s\/[a-z0-9-]+\/(?:forms\/[a-z0-9-]+|newsletter)$/.test(form.getAttribute("action"));
    return element.matches('section.block.push[data-push] > .action > button[type="button"]');
  };
  for (const element of document.querySelectorAll(
    `${mayNotBe},${ofForms},meta[http-equiv],script:not([src$="/pixel.js"], [src$="/shop.js"], [src$="/push.js"])`,
  )) {
    if (isData(element) || isOurs(element)) continue;
    found.push(`there is ${element.outerHTML.slice(0, 200)}`);
  }
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^(?:on|style$|srcdoc$|formaction$)/.test(name)) found.push(`${element.localName} has ${name}="${value}"`);
    }
    for (const address of [element.href, element.src].filter((it) => typeof it === "string" && it !== "")) {
      if (!harmless.includes(new URL(address).protocol)) found.push(`${element.localName} leads to ${address}`);
    }
  }
  const comments = document.createNodeIterator(document, NodeFilter.SHOW_COMMENT);
  for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) found.push(`comment ${comment.data}`);

  addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && harmless.includes(link.protocol)) event.preventDefault();
  });
  // What a form sends is looked at where it is shown to its owner.
  addEventListener("submit", (event) => event.preventDefault());
  const events = ["pointerenter", "mouseover", "focus", "toggle", "animationstart", "begin", "load", "error"];
  for (const element of document.querySelectorAll("body, body *")) {
    for (const name of events) element.dispatchEvent(new Event(name));
  }
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const element of document.querySelectorAll("a, button, summary")) element.click();
  // What a click on a link starts is a task of its own.
  await new Promise((done) => setTimeout(done));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return found;
};

const POLICY = "content-security-policy";

/** For `visit`: has the page watched, and shows it without its policy where the markup alone must be safe. */
export const attacked =
  ({ hasPolicy }) =>
  async (context, page, findings) => {
    await context.addInitScript(watchScripts);
    page.on("dialog", (dialog) => {
      findings.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    context.on("page", (opened) => findings.push(`opens ${opened.url()}`));
    let documents = 0;
    page.on("framenavigated", (frame) => {
      documents += 1;
      if (documents > 1 && !frame.url().includes("#")) findings.push(`goes to ${frame.url()}`);
    });
    if (hasPolicy) return;
    await context.route("**/s/**", async (route) => {
      if (route.request().resourceType() !== "document") return route.fallback();
      const response = await route.fetch();
      const headers = Object.entries(response.headers()).filter(([name]) => name !== POLICY);
      return route.fulfill({ response, headers: Object.fromEntries(headers) });
    });
  };
