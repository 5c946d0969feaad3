// The tree that prose.py makes, as nodes.
const pill = (number, data) => {
  const cite = data.cites[number];
  const label = cite ? data.texts.source.replace("{number}", number).replace("{label}", cite.label) : data.texts.no_source;
  return el(
    "button",
    { type: "button", class: cite ? "pill" : "pill pill-none", "data-n": number, "data-kind": "citation", "data-testid": `pill-${number}`, "aria-label": label, disabled: !cite },
    String(number),
  );
};

const inlineNodes = (inlines, data) =>
  inlines.map(([kind, content]) => {
    switch (kind) {
      case "t": return content;
      case "code": return el("code", {}, content);
      case "b": return el("strong", {}, inlineNodes(content, data));
      case "i": return el("em", {}, inlineNodes(content, data));
      case "br": return el("br");
      case "cite": return pill(content, data);
      default: return null;
    }
  });

// Where a table is wider than the answer, the keyboard scrolls it; who has the page read to them hears what it is.
const scrolled = (kind, name, table) => el("div", { class: kind, tabindex: 0, role: "group", "aria-label": name }, table);

// A figure that is cut off reads as another one: where a table goes on, its edge fades.
const fade = (home) => {
  for (const node of home.querySelectorAll(".scroll")) {
    node.classList.toggle("goes-on", node.scrollWidth - node.clientWidth - node.scrollLeft > 1);
    node.classList.toggle("went-by", node.scrollLeft > 1);
  }
};

const blockNode = (block, data) => {
  const inside = (blocks) =>
    blocks.length === 1 && blocks[0].k === "p" ? inlineNodes(blocks[0].c, data) : blocks.map((each) => blockNode(each, data));
  switch (block.k) {
    case "p": return el("p", {}, inlineNodes(block.c, data));
    case "h": return el(block.l < 3 ? "h3" : "h4", {}, inlineNodes(block.c, data));
    case "ul": return el("ul", {}, block.items.map((item) => el("li", {}, inside(item))));
    case "ol": return el("ol", { start: block.start }, block.items.map((item) => el("li", {}, inside(item))));
    case "quote": return el("blockquote", {}, block.c.map((each) => blockNode(each, data)));
    case "code": return el("pre", { tabindex: 0 }, el("code", {}, block.text));
    case "rows": return el("figure", {},
      el("figcaption", {}, el("span", {}, [block.title, block.unit, block.over].filter(Boolean).join(" · ") || block.label), pill(block.n, data)),
      scrolled("scroll", block.title || block.label, tableNode(block, false)));
    case "result": return el("figure", { "data-testid": "result" },
      el("figcaption", {}, el("span", {}, block.title), pill(block.n, data)),
      scrolled("scroll tall", block.title, el("table", {},
        el("thead", {}, el("tr", {}, block.head.map((text, i) => el("th", { scope: "col", class: block.right[i] && "right" }, text)))),
        el("tbody", {}, block.rows.map((row) => el("tr", {}, row.map((text, i) => el("td", { class: block.right[i] && "right" }, text))))))),
      block.more && el("p", { class: "soft" }, block.more));
    case "hr": return el("hr");
    case "table": return scrolled("scroll", data.texts.table, el("table", {},
      el("thead", {}, el("tr", {}, block.head.map((cell, i) => el("th", { class: block.align[i] }, inlineNodes(cell, data))))),
      el("tbody", {}, block.rows.map((row) => el("tr", {}, row.map((cell, i) => el("td", { class: block.align[i] }, inlineNodes(cell, data))))))));
    default: return null;
  }
};

// Blocks that have not changed keep their nodes, so that nothing flickers and a selection survives while it streams.
const drawProse = (home, blocks, data, seen) => {
  const signs = blocks.map((block) => JSON.stringify(block));
  const cites = JSON.stringify(data.cites);
  const fresh = seen.cites !== cites;
  signs.forEach((sign, index) => {
    const old = home.children[index];
    if (old && !fresh && seen.signs[index] === sign) return;
    const node = blockNode(blocks[index], data);
    if (old) old.replaceWith(node);
    else home.append(node);
  });
  while (home.children.length > blocks.length) home.lastElementChild.remove();
  seen.signs = signs;
  seen.cites = cites;
  fade(home);
};
