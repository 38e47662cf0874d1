/* Called with the looks whose contrast was judged before; answers with what axe finds and with the looks judged now.

   To judge the contrast of every text takes axe two thirds of its time. How a text stands out depends on its look: its
   classes, colours and sizes and those of all that it stands in. A look is judged on three texts of a page, and not
   again where it was judged before: rows of a table, the head and foot of every page. */
async (before) => {
  const OF_A_LOOK = 3;
  const DRAWN = [
    "color", "background-color", "background-image", "opacity", "filter", "mix-blend-mode", "text-shadow", "font-size",
    "font-weight",
  ];
  const CONTROLS = "input, select, textarea, button";
  const known = new Set(before), found = new Map(), times = new Map();

  const digest = (text) => {
    let first = 0xdeadbeef, second = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      first = Math.imul(first ^ code, 2654435761);
      second = Math.imul(second ^ code, 1597334677);
    }
    return (second >>> 0).toString(36) + (first >>> 0).toString(36);
  };
  const lookOf = (element) => {
    if (!element) return "";
    if (!found.has(element)) {
      const style = getComputedStyle(element);
      const state = [element.localName, element.getAttribute("class"), element.matches(":disabled"), element.ariaDisabled];
      const own = [...state, ...DRAWN.map((name) => style.getPropertyValue(name))];
      found.set(element, digest(`${lookOf(element.parentElement)}>${own.join(";")}`));
    }
    return found.get(element);
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim());
  const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  for (const element of document.body.querySelectorAll("*")) {
    if (!element.matches(CONTROLS) && !hasText(element)) continue;
    const look = lookOf(element);
    if (known.has(look) || (times.get(look) ?? 0) >= OF_A_LOOK) continue;
    element.setAttribute("data-judged", "");
    if (isSeen(element)) times.set(look, (times.get(look) ?? 0) + 1);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-judged]" }] });
  // No rule that is asked reads stylesheets: axe need not fetch them a second time.
  const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false });
  return {
    barriers: violations.map((rule) => `${rule.id}: ${rule.nodes[0].html.slice(0, 200)}`),
    judged: [...times.keys()],
  };
};
