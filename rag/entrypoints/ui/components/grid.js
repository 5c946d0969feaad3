// A window of a sheet: letters above, numbers at the side, the cited cells outlined.
const gridNode = (grid, texts) => {
  const cited = new Set(grid.cited.map(([row, column]) => `${row}:${column}`));
  const edge = (row, column) => [[-1, 0, "t"], [0, 1, "r"], [1, 0, "b"], [0, -1, "l"]]
    .filter(([down, right]) => !cited.has(`${row + down}:${column + right}`)).map(([, , side]) => side);
  const spans = new Map(grid.spans.map(([row, column, down, over]) => [`${row}:${column}`, [down, over]]));
  const covered = new Set(grid.spans.flatMap(([row, column, down, over]) =>
    Array.from({ length: down * over }, (_, at) => `${row + Math.floor(at / over)}:${column + (at % over)}`).slice(1)));
  const cellNode = (cell, row, column) => {
    if (covered.has(`${row}:${column}`)) return null;
    const [text, value, formula, number, told, unseen] = cell;
    const on = cited.has(`${row}:${column}`);
    const [down, over] = spans.get(`${row}:${column}`) || [1, 1];
    const beneath = [unseen, told, formula && `${texts.formula} ${formula}`, value && value !== text && `${texts.value} ${value}`].filter(Boolean).join("\n");
    const name = `${grid.letters[column]}${grid.rows[row]}`;
    return el("td", {
      class: [on && "cited", ...(on ? edge(row, column) : []), grid.labels && column === 0 && over === 1 && "label", number && "right", told && "told", unseen && "unseen"].filter(Boolean).join(" "),
      title: beneath ? `${name}\n${beneath}` : null,
      "data-cell": name,
      rowspan: down > 1 ? String(down) : null,
      colspan: over > 1 ? String(over) : null,
      "data-testid": on ? "cited-cell" : null,
      "aria-label": on ? `${name} ${text} (${texts.cited})` : null,
    }, text);
  };
  return el("table", { class: "grid", "data-testid": "sheet-grid" },
    el("thead", {}, el("tr", {}, el("th", { class: "corner" }), grid.letters.map((letter, column) => el("th", { scope: "col", class: grid.labels && column === 0 ? "label" : null }, letter)))),
    el("tbody", {}, grid.rows.map((number, row) => el("tr", { class: [row && number > grid.rows[row - 1] + 1 && "gap", grid.frozen.includes(row) && "frozen"].filter(Boolean).join(" ") || null }, el("th", { scope: "row" }, String(number)), grid.cells[row].map((cell, column) => cellNode(cell, row, column))))));
};

// Heads stay in sight below the letters, each row of them under the one before; row labels beside the numbers, unless
// they are so wide that they would leave little room.
const MOST_OF_PANE = 0.45;

const freeze = (pane) => {
  let top = pane.querySelector(".grid thead")?.offsetHeight ?? 0;
  for (const row of pane.querySelectorAll(".grid .frozen")) {
    for (const cell of row.children) cell.style.top = `${top}px`;
    top += row.offsetHeight;
  }
  const desk = pane.querySelector(".desk-grid");
  const labels = [...pane.querySelectorAll(".grid .label")];
  const side = pane.querySelector(".grid .corner")?.offsetWidth ?? 0;
  const narrow = desk && labels.length > 0 && side + labels[0].offsetWidth <= MOST_OF_PANE * desk.clientWidth;
  for (const cell of labels) {
    cell.classList.toggle("stays", narrow);
    cell.style.left = narrow ? `${side}px` : "";
  }
  const tabs = pane.querySelector(".tabs");
  const chosen = tabs?.querySelector(".chosen");
  if (chosen) tabs.scrollLeft = chosen.offsetLeft - (tabs.clientWidth - chosen.offsetWidth) / 2;
};

const tabsNode = (grid, texts) =>
  el("div", { class: "tabs", role: "tablist", "aria-label": texts.sheets }, grid.sheets.map(([name, unseen]) =>
    el("button", { type: "button", role: "tab", "aria-selected": String(name === grid.sheet), class: ["tab", name === grid.sheet && "chosen", unseen && "unseen"].filter(Boolean).join(" "), title: unseen || null, "data-send": "sheet", "data-value": name }, name)));
