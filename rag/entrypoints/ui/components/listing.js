// A list with columns: searched, narrowed, a page at a time; rows are opened, acted on, or chosen together.
const WAIT = 250; // ms after the last key before the search is sent
const listings = new WeakMap();

const say = (node, text) => { if (node.textContent !== text) node.textContent = text; };

const beginListing = (root) => {
  const state = { chosen: new Set(), selects: [] };
  state.filter = el("input", { type: "search", class: "filter", "data-testid": "listing-filter", spellcheck: "false", autocomplete: "off" });
  state.narrow = el("span", { class: "narrow" });
  state.count = el("span", { class: "count", role: "status", "data-testid": "listing-count" });
  state.bulk = el("div", { class: "actions", role: "toolbar", hidden: true });
  state.all = el("input", { type: "checkbox", onchange: () => {
    for (const row of state.data.rows) state.all.checked ? state.chosen.add(row.id) : state.chosen.delete(row.id);
    choose(state);
  } });
  state.heads = el("tr", {});
  state.body = el("tbody", {});
  state.empty = el("p", { class: "nothing" });
  state.back = el("button", { type: "button", class: "act", onclick: () => see(state, { page: state.data.page - 1 }) });
  state.next = el("button", { type: "button", class: "act", onclick: () => see(state, { page: state.data.page + 1 }) });
  state.at = el("span", { class: "count" });
  state.pages = el("nav", { class: "pages" }, state.back, state.at, state.next);
  state.table = el("table", {}, el("thead", {}, state.heads), state.body);
  state.home = el("section", { class: "documents listing" }, el("div", { class: "bar" }, state.filter, state.narrow, state.count, state.bulk),
    el("div", { class: "scroll" }, state.table), state.empty, state.pages);
  root.append(state.home);
  state.filter.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => see(state, { text: state.filter.value, page: 1 }), WAIT);
  });
  return state;
};

const see = (state, change) => { state.view = { ...state.view, ...change }; state.set("view", state.view); };
const act = (state, verb, ids) => state.send("act", { verb, ids, at: Date.now() });

const choose = (state) => {
  const { rows, bulk, texts } = state.data;
  const here = rows.filter((row) => state.chosen.has(row.id)).length;
  state.all.checked = here > 0 && here === rows.length;
  state.all.indeterminate = here > 0 && !state.all.checked;
  for (const box of state.body.querySelectorAll("input[type=checkbox]")) {
    box.checked = state.chosen.has(Number(box.dataset.id));
    box.closest("tr").classList.toggle("chosen", box.checked);
  }
  state.bulk.hidden = !bulk.length || !state.chosen.size;
  say(state.count, state.chosen.size ? texts.chosen.replace("{count}", state.chosen.size) : state.data.summary);
};

const cellNode = (state, row, column) => {
  const cell = row.cells[column.name] ?? {};
  const words = cell.act
    ? el("button", { type: "button", class: column.main ? "open" : "link", title: cell.title, onclick: (event) => { going(event.target.closest("tr")); act(state, cell.act, [row.id]); } }, cell.text)
    : el("span", { title: cell.title }, cell.text);
  const under = cell.under && el("span", { class: "under" }, cell.under);
  return el(column.main ? "th" : "td", { scope: column.main && "row", class: ["cell", `c-${column.name}`, column.right && "right", cell.sign].filter(Boolean).join(" "), "data-label": column.label }, words, under);
};

const rowNode = (state, row) => {
  const { data } = state;
  return el("tr", { "data-id": row.id, "data-testid": `${data.name}-${row.id}` },
    data.bulk.length > 0 && el("td", { class: "box" }, el("input", { type: "checkbox", "data-id": row.id, "aria-label": data.texts.choose.replace("{name}", row.name), onchange: (event) => {
      event.target.checked ? state.chosen.add(row.id) : state.chosen.delete(row.id);
      choose(state);
    } })),
    data.columns.map((column) => cellNode(state, row, column)),
    data.actions.length > 0 && el("td", { class: "doing" }, data.actions.map((one) =>
      iconButton(one.icon, `${one.label}: ${row.name}`, { title: one.label, "data-testid": `${one.verb}-${row.id}`, onclick: () => act(state, one.verb, [row.id]) }))));
};

const drawSelects = (state) => {
  const { selects, view } = state.data;
  const sign = JSON.stringify(selects);
  if (state.drawnSelects !== sign) {
    state.drawnSelects = sign;
    state.selects = selects.map((one) => {
      const node = el("select", { "aria-label": one.label, "data-testid": `narrow-${one.name}`, onchange: () => see(state, { [one.name]: node.value, page: 1 }) },
        one.options.map(([value, label]) => el("option", { value }, label)));
      return node;
    });
    state.narrow.replaceChildren(...state.selects);
  }
  selects.forEach((one, index) => { state.selects[index].value = view[one.name] ?? ""; });
};

const drawListing = (state) => {
  const { data } = state;
  const { texts } = data;
  state.view = data.view;
  state.home.setAttribute("data-testid", data.name);
  state.filter.placeholder = texts.filter;
  state.filter.setAttribute("aria-label", texts.filter);
  if (state.filter !== state.filter.getRootNode().activeElement) state.filter.value = data.view.text;
  drawSelects(state);
  const there = new Set(data.rows.map((row) => row.id));
  for (const id of state.chosen) if (!there.has(id)) state.chosen.delete(id);
  state.bulk.replaceChildren(...data.bulk.map((one) => el("button", { type: "button", class: `act ${one.verb}`, "data-testid": `bulk-${one.verb}`, onclick: () => act(state, one.verb, [...state.chosen]) }, one.label)));
  const sign = JSON.stringify([data.rows, data.columns, data.actions, data.bulk, texts]);
  if (state.sign !== sign) {
    state.sign = sign;
    const held = state.body.getRootNode().activeElement;
    const row = held?.closest?.("tr")?.dataset.id;
    const index = row ? [...held.closest("tr").querySelectorAll("button, input")].indexOf(held) : -1;
    state.all.setAttribute("aria-label", texts.choose_all);
    state.heads.replaceChildren(...[
      data.bulk.length > 0 && el("th", { class: "box" }, state.all),
      ...data.columns.map((column) => el("th", { scope: "col", class: `c-${column.name} ${column.right ? "right" : ""}` }, column.label)),
      data.actions.length > 0 && el("th", { class: "doing" }, el("span", { class: "unseen" }, texts.actions))].filter(Boolean));
    state.body.replaceChildren(...data.rows.map((one) => rowNode(state, one)));
    if (row) state.body.querySelector(`tr[data-id="${CSS.escape(row)}"]`)?.querySelectorAll("button, input")[index]?.focus({ preventScroll: true });
  }
  state.table.hidden = !data.rows.length;
  state.empty.hidden = data.rows.length > 0;
  say(state.empty, texts.nothing);
  state.pages.hidden = data.pages < 2;
  state.pages.setAttribute("aria-label", texts.pages);
  say(state.back, texts.back);
  say(state.next, texts.next);
  state.back.disabled = data.page <= 1;
  state.next.disabled = data.page >= data.pages;
  say(state.at, texts.page_of.replace("{page}", data.page).replace("{pages}", data.pages));
  choose(state);
};

export default (component) => {
  const root = component.parentElement;
  const state = listings.get(root) ?? beginListing(root);
  listings.set(root, state);
  state.data = component.data;
  state.set = component.setStateValue;
  state.send = component.setTriggerValue;
  drawListing(state);
  return () => clearTimeout(state.timer);
};
