// What a file holds beside its words: its contents as a tree, and lists of fields, remarks, links and attached files.
const known = new WeakMap();
const unfolded = new Map(); // what a person has opened in a document, which outlives a drawing of the whole page
const MOST = 2000;
const UNFOLDED = 40;

const pageButton = (state, row) =>
  el("button", { type: "button", class: "page", "data-page": row.page, "data-figure": row.figure, "data-area": row.area, "aria-label": state.data.texts.open.replace("{place}", row.shown) }, row.shown);

const treeOf = (rows) => {
  const top = { level: 0, under: [] };
  const path = [top];
  for (const row of rows) {
    while (path.length > 1 && path[path.length - 1].level >= row.level) path.pop();
    const twig = { ...row, under: [] };
    path[path.length - 1].under.push(twig);
    path.push(twig);
  }
  return top.under;
};

const twigNode = (state, twig, open) => {
  const inner = twig.under.length > 0;
  const item = el("li", { class: inner && open ? "twig open" : "twig" });
  const fold = inner
    ? el("button", { type: "button", class: "fold", "aria-expanded": String(open), "aria-label": twig.title, onclick: () => {
        const now = item.classList.toggle("open");
        fold.setAttribute("aria-expanded", String(now));
      } }, icon("chevron"))
    : el("span", { class: "fold" });
  const title = twig.page === null
    ? el("span", { class: "title" }, twig.title)
    : el("button", { type: "button", class: "title", "data-page": twig.page }, twig.title);
  item.append(el("div", { class: "row" }, fold, title, el("span", { class: "number" }, twig.page === null ? "" : String(twig.page))));
  if (inner) item.append(el("ul", {}, twig.under.map((each) => twigNode(state, each, open))));
  return item;
};

const bodyNode = (state, part) => {
  const rows = part.rows.slice(0, MOST);
  const rest = part.rows.length - rows.length;
  const inside = part.tree
    ? el("ul", {}, treeOf(rows).map((twig) => twigNode(state, twig, part.rows.length <= UNFOLDED)))
    : el("table", {},
        el("thead", {}, el("tr", {}, part.head.map((name) => el("th", { scope: "col" }, name)))),
        el("tbody", {}, rows.map((row) => el("tr", {}, row.cells.map((text) => el("td", {}, text)), row.page === undefined ? null : el("td", {}, row.page === null ? "" : pageButton(state, row))))));
  return el("div", { class: "body", tabindex: 0, role: "region", "aria-label": part.title },
    part.about && el("p", { class: "about" }, part.about), inside, rest > 0 && el("p", { class: "more" }, state.data.texts.more.replace("{count}", rest)));
};

const draw = (state) => {
  const { data, home } = state;
  const sign = JSON.stringify([data.parts, data.texts]);
  if (state.sign === sign) return;
  state.sign = sign;
  if (!unfolded.has(data.turn)) unfolded.set(data.turn, new Set());
  const open = unfolded.get(data.turn);
  home.replaceChildren(...data.parts.map((part) => {
    const node = el("details", { class: "part", "data-part": part.name, "data-testid": `extras-${part.name}` }, el("summary", {}, icon("chevron"), part.title));
    const fill = () => { if (node.open && node.children.length < 2) node.append(bodyNode(state, part)); };
    node.addEventListener("toggle", () => { fill(); open[node.open ? "add" : "delete"](part.name); });
    if (open.has(part.name)) { node.open = true; fill(); }
    return node;
  }));
};

export default (component) => {
  const root = component.parentElement;
  let state = known.get(root);
  if (!state) {
    state = { home: el("div", { class: "extras" }) };
    known.set(root, state);
    root.append(state.home);
    state.home.addEventListener("click", (event) => {
      const at = event.target.closest("[data-page]");
      if (at) state.send("open", { number: Number(at.dataset.page), figure: Number(at.dataset.figure ?? 0), area: at.dataset.area ?? "", at: Date.now() });
    });
  }
  state.data = component.data;
  state.send = component.setTriggerValue;
  draw(state);
};
