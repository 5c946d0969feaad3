// Figures in small tables: shares with what changed since another run, told by a sign and a number, not by colour alone.
const shownMeasures = new WeakMap();

const figureNode = (cell) =>
  el("td", {}, el("span", {}, cell.text), cell.delta && el("span", { class: `delta ${cell.sign}` }, cell.delta));

export default (component) => {
  const root = component.parentElement;
  const { data } = component;
  const home = shownMeasures.get(root) ?? root.appendChild(el("section", { class: "measures", "data-testid": "measures" }));
  shownMeasures.set(root, home);
  home.replaceChildren(...data.tables.map((table) =>
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": table.title }, el("table", {},
      el("caption", {}, table.title),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, table.corner), table.heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, table.rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.name), row.cells.map(figureNode))))))));
};
