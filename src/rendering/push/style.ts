/** How the button for notifications looks, beside what the site's stylesheet says of buttons. */
export const PUSH_STYLE = `
section.push[hidden]{display:none}
.push .button{font:inherit;font-weight:600;cursor:pointer}
.push .button:disabled{opacity:.55;cursor:default;box-shadow:none}
.push [role=status]{margin-top:1rem}
.push [role=status]:empty{display:none}
`.replaceAll("\n", "");
