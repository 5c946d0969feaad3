// One table, as large as it is: heads stay in sight, numbers stand at the right, and a row shows where it stands.
const shownTables = new WeakMap();

const headCell = (cell) => cell.span > 0 && el("th", { scope: cell.span > 1 ? "colgroup" : "col", colspan: cell.span > 1 && cell.span, class: cell.span > 1 ? "over" : cell.right && "right" }, cell.text);

const rowNode = (row, index, data, state) => {
  const cells = row.cells.map((text, column) => column === 0
    ? el("th", { scope: "row", style: row.level ? `padding-inline-start:${0.75 + 1.1 * row.level}em` : null, title: text.length > 48 ? text : null }, text)
    : el("td", { class: [data.right[column] && "right", row.negative.includes(column) && "negative"].filter(Boolean).join(" ") || null }, text));
  return el("tr", { tabindex: 0, "data-row": index, "data-testid": `row-${index}`, title: row.place, "aria-selected": state.row === index, class: row.total && "total" }, cells);
};

const pointTo = (state, row) => {
  const before = state.body.querySelector("[aria-selected=true]");
  before?.setAttribute("aria-selected", "false");
  row.setAttribute("aria-selected", "true");
  state.row = Number(row.dataset.row);
  state.send("row", { row: state.row, at: Date.now() });
};

const beginTable = (root) => {
  const state = { row: null };
  state.head = el("thead", {});
  state.body = el("tbody", {});
  state.scroll = el("div", { class: "scroll", tabindex: 0, role: "region" }, el("table", { "data-testid": "whole-table" }, state.head, state.body));
  state.back = el("button", { type: "button", class: "act", onclick: () => state.set("start", { id: state.data.id, at: Math.max(0, state.data.start - state.data.step) }) });
  state.next = el("button", { type: "button", class: "act", onclick: () => state.set("start", { id: state.data.id, at: state.data.start + state.data.step }) });
  state.at = el("span", { class: "count" });
  state.pages = el("nav", { class: "pages" }, state.back, state.at, state.next);
  root.append(el("section", { class: "whole" }, state.scroll, state.pages));
  state.body.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (row && !getSelection().toString()) pointTo(state, row);
  });
  state.body.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr");
    if (!row) return;
    if (event.key === "Enter" || event.key === " ") pointTo(state, row);
    else if (event.key === "ArrowDown") row.nextElementSibling?.focus();
    else if (event.key === "ArrowUp") row.previousElementSibling?.focus();
    else return;
    event.preventDefault();
  });
  return state;
};

const fixHeads = (state) => {
  let top = 0;
  for (const row of state.head.rows) {
    for (const cell of row.cells) cell.style.top = `${top}px`;
    top += row.getBoundingClientRect().height;
  }
};

export default (component) => {
  const root = component.parentElement;
  const state = shownTables.get(root) ?? beginTable(root);
  shownTables.set(root, state);
  const { data } = component;
  state.data = data;
  state.set = component.setStateValue;
  state.send = component.setTriggerValue;
  const sign = JSON.stringify(data);
  if (state.sign === sign) return;
  const fresh = state.id !== data.id || state.start !== data.start;
  Object.assign(state, { sign, id: data.id, start: data.start });
  if (fresh) state.row = null;
  const focused = state.body.getRootNode().activeElement?.dataset?.row;
  state.scroll.setAttribute("aria-label", data.texts.table);
  state.head.replaceChildren(...data.header.map((row) => el("tr", {}, row.map(headCell))));
  state.body.replaceChildren(...data.rows.map((row, index) => rowNode(row, data.start + index, data, state)));
  if (fresh) state.scroll.scrollTo(0, 0);
  else if (focused) state.body.querySelector(`[data-row="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  requestAnimationFrame(() => fixHeads(state));
  state.pages.hidden = data.count <= data.step;
  state.back.textContent = data.texts.rows_above;
  state.next.textContent = data.texts.rows_below;
  state.at.textContent = data.texts.rows_at;
  state.back.disabled = data.start <= 0;
  state.next.disabled = data.start + data.step >= data.count;
};
