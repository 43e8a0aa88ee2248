import { expect, it } from "vitest";
import { isSafeLink, plain, render } from "./markdown";

const shown = (source: string, named: { id: string; name: string }[] = [], me = ""): HTMLElement => {
  const element = document.createElement("div");
  element.innerHTML = render(source, named, me);
  return element;
};

it("renders what people use", () => {
  const element = shown("**gras** et *italique* et ~~barré~~\n\n- un\n- deux\n\n> cité\n\n`code`\n\n| a | b |\n| - | - |\n| 1 | 2 |");
  for (const tag of ["strong", "em", "s", "ul", "blockquote", "code", "table"]) expect(element.querySelector(tag), tag).not.toBeNull();
});

it("keeps the line breaks of a message", () => {
  expect(shown("un\ndeux").querySelectorAll("br")).toHaveLength(1);
});

it("does not make a title, an image or a rule of a message", () => {
  const element = shown("# Bonjour\n\n![x](https://e.example/i.png)\n\n---");
  expect(element.querySelector("h1, img, hr")).toBeNull();
  expect(element.textContent).toContain("# Bonjour");
});

it("opens links of elsewhere apart, without telling where from", () => {
  const link = shown("voir https://example.org/a?b=c").querySelector("a");
  expect(link?.getAttribute("href")).toBe("https://example.org/a?b=c");
  expect(link?.rel).toBe("noopener noreferrer");
  expect(link?.target).toBe("_blank");
});

it("keeps links of this office in this page", () => {
  expect(shown(`[ici](${window.location.origin}/w/x)`).querySelector("a")?.hasAttribute("target")).toBe(false);
});

it("accepts mail and telephone", () => {
  expect(shown("[m](mailto:a@example.org) [t](tel:+33102030405)").querySelectorAll("a[href]")).toHaveLength(2);
});

it("marks the people named, the longest name first, and not in code", () => {
  const people = [
    { id: "1", name: "Alice" },
    { id: "2", name: "Alice Martin" },
  ];
  const element = shown("@Alice Martin et **@Alice** et `@Alice`", people, "2");
  const marks = [...element.querySelectorAll(".prose-mention")].map((mark) => [mark.textContent, mark.className]);
  expect(marks).toEqual([
    ["@Alice Martin", "prose-mention prose-mention-me"],
    ["@Alice", "prose-mention"],
  ]);
});

it("says a message in one line of words", () => {
  expect(plain("**Bonjour**\n\n- un [lien](https://example.org)")).toBe("Bonjour un lien");
});

const SCHEMES = [
  "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)",
  "\u0001javascript:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)",
  "&#x6A;avascript:alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:image/svg+xml,<svg onload=alert(1)>", "file:///etc/passwd",
  "blob:https://example.org/1", "filesystem:https://example.org/x", "about:blank", "ftp://example.org/x", "ws://example.org",
  "//example.org/x", "\\\\example.org\\x", "https:\\\\example.org", "view-source:https://example.org", "jar:https://e.example!/x",
  "javascript://example.org/%0aalert(1)", "livescript:x", "mocha:x", "feed:javascript:alert(1)", "intent://x#Intent;end",
];
const WRAPPED = SCHEMES.flatMap((address) => [
  `[x](${address})`, `[x](<${address}>)`, `<${address}>`, `[x]: ${address}\n\n[x]`, `<a href="${address}">x</a>`,
]);
const HTML = [
  "<script>alert(1)</script>", "<SCRIPT SRC=//e.example/x.js></SCRIPT>", "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=javascript:alert(1)>x</a></svg>",
  "<math><mi xlink:href=javascript:alert(1)>x</mi></math>", "<iframe src=javascript:alert(1)></iframe>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<object data=javascript:alert(1)></object>", "<embed src=//e.example/x>",
  "<body onload=alert(1)>", "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>",
  "<audio src=x onerror=alert(1)>", "<marquee onstart=alert(1)>", "<form action=javascript:alert(1)><button>x</button></form>",
  "<button formaction=javascript:alert(1)>x</button>", "<link rel=stylesheet href=//e.example/x.css>", "<style>@import '//e.example'</style>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<base href=//e.example/>", "<template><script>alert(1)</script></template>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<a href=x onclick=alert(1)>x</a>", "<div style='background:url(//e.example)'>x</div>",
  "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version='1.0'?><script>alert(1)</script>",
  "<table background=//e.example/x><tr><td>x</td></tr></table>", "<textarea><script>alert(1)</script></textarea>",
  "<select><option onclick=alert(1)>x</select>", "<isindex type=image src=1 onerror=alert(1)>", "<x onclick=alert(1)>x</x>",
  "<img/src=`x`/onerror=alert(1)>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<<script>alert(1)//<</script>",
  "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "</p><script>alert(1)</script><p>", "</span></div><script>alert(1)</script>",
  "**<b onmouseover=alert(1)>x</b>**", "`</code><script>alert(1)</script>`", "```\n</code></pre><script>alert(1)</script>\n```",
  "```html\" onmouseover=\"alert(1)\nx\n```", "> <script>alert(1)</script>", "- <img src=x onerror=alert(1)>",
  "| <script>alert(1)</script> |\n| --- |\n| <img src=x onerror=alert(1)> |", "![x](x\" onerror=\"alert(1))", "![x](javascript:alert(1))",
  "[x](https://e.example \"onmouseover=alert(1)\")", "[x](https://e.example\"onmouseover=\"alert(1))", "[<img src=x onerror=alert(1)>](https://e.example)",
  "https://e.example/\"onmouseover=\"alert(1)", "<https://e.example/\"onclick=\"alert(1)>", "mailto:a@b.example?body=<script>alert(1)</script>",
  "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "\\<script>alert(1)\\</script>",
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
  "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>", "<img name=getElementById><input name=attributes>",
  "\u202e<script>alert(1)</script>", "<script\u0000>alert(1)</script>", "<ⅰmg src=x onerror=alert(1)>", "@<script>alert(1)</script>",
];
const PAYLOADS = [...WRAPPED, ...HTML];
const ALLOWED = new Set([
  "P", "BR", "STRONG", "EM", "S", "CODE", "PRE", "BLOCKQUOTE", "UL", "OL", "LI", "A", "SPAN", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD",
]);

it("has at least a hundred hostile texts to try", () => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(200);
});

it.each(PAYLOADS)("R-064 runs nothing of %j", (payload) => {
  for (const element of [shown(payload), shown(`Bonjour ${payload} fin`), shown("@X", [{ id: "1", name: payload }]), shown(`@${payload}`, [{ id: "1", name: payload }])]) {
    for (const node of element.querySelectorAll("*")) {
      expect(ALLOWED.has(node.tagName), node.tagName).toBe(true);
      for (const { name, value } of node.attributes) {
        expect(["href", "rel", "target", "class", "start"]).toContain(name);
        if (name === "href") expect(isSafeLink(value), value).toBe(true);
      }
      if (node.hasAttribute("href")) expect(node.getAttribute("rel")).toBe("noopener noreferrer");
    }
  }
});
