// The table of documents: rows are patched in place, so that nothing jumps and focus stays while numbers tick.
const VERBS = ["retry", "cancel", "remove"];
const DELAY = 200; // ms after the last key before the filter is sent
const HELD = 5000; // ms for which a table that is taken out of the page leaves its filter to the next one
const tables = new WeakMap();
let typed = null; // what stands in the filter that has the focus, until it is left

const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };

const beginTable = (root) => {
  const state = { chosen: new Set(), all: false, rows: new Map(), filter: null };
  state.filter = el("input", { type: "search", class: "filter", "data-testid": "documents-filter", spellcheck: "false", autocomplete: "off" });
  state.count = el("span", { class: "count", role: "status" });
  state.everything = el("button", { type: "button", class: "link", onclick: () => { state.all = true; marks(state); } });
  state.actions = el("div", { class: "actions", role: "toolbar" });
  for (const verb of VERBS) {
    state[verb] = el("button", { type: "button", class: `act ${verb}`, "data-testid": `documents-${verb}`, onclick: () => act(state, verb, [...state.chosen], state.all) });
    state.actions.append(state[verb]);
  }
  state.boxAll = el("input", { type: "checkbox", onchange: () => chooseAll(state) });
  state.heads = el("tr", {});
  state.body = el("tbody", {});
  state.empty = el("p", { class: "nothing" });
  state.back = el("button", { type: "button", class: "act", onclick: () => turn(state, -1) });
  state.next = el("button", { type: "button", class: "act", onclick: () => turn(state, 1) });
  state.at = el("span", { class: "count" });
  state.pages = el("nav", { class: "pages" }, state.back, state.at, state.next);
  state.table = el("table", {}, el("thead", {}, state.heads), state.body);
  state.home = el("section", { class: "documents", "data-testid": "documents-table" },
    el("div", { class: "bar" }, state.filter, state.count, state.everything, state.actions),
    el("div", { class: "scroll" }, state.table), state.empty, state.pages);
  root.append(state.home);
  let waiting = 0;
  const note = () => { typed = { node: state.filter, text: state.filter.value, from: state.filter.selectionStart, to: state.filter.selectionEnd, at: Date.now() }; };
  state.filter.addEventListener("input", () => {
    note();
    clearTimeout(waiting);
    waiting = setTimeout(() => look(state, { filter: state.filter.value, page: 1 }), DELAY);
  });
  for (const event of ["focus", "keyup", "pointerup"]) state.filter.addEventListener(event, note);
  // A field that is taken out of the page is left too, while it is still there.
  state.filter.addEventListener("blur", () => setTimeout(() => { if (typed?.node === state.filter && state.filter.isConnected) typed = null; }));
  return state;
};

// The page may draw the whole table anew, when the last document is read for one: who types in it need not notice.
const takeOver = (state) => {
  const before = typed;
  if (!before || before.node === state.filter || before.node.isConnected || Date.now() - before.at > HELD) return;
  state.filter.value = before.text;
  state.filter.focus();
  state.filter.setSelectionRange(before.from, before.to);
  if (before.text !== state.view.filter) look(state, { filter: before.text, page: 1 });
};

const look = (state, change) => { state.view = { ...state.view, ...change }; state.set("view", state.view); };
const turn = (state, by) => look(state, { page: state.data.page + by });
const act = (state, verb, ids, all = false) => state.send("act", { verb, ids, all, at: Date.now() });

const chooseAll = (state) => {
  state.all = false;
  if (state.chosen.size === state.data.rows.length) state.chosen.clear();
  else state.data.rows.forEach((row) => state.chosen.add(row.id));
  marks(state);
};

// What is chosen, and what can be done with it.
const marks = (state) => {
  const { data, chosen } = state;
  const count = state.all ? data.found : chosen.size;
  const some = data.rows.filter((row) => chosen.has(row.id));
  state.boxAll.checked = some.length > 0 && some.length === data.rows.length;
  state.boxAll.indeterminate = some.length > 0 && some.length < data.rows.length;
  for (const [id, row] of state.rows) {
    row.box.checked = chosen.has(id);
    row.node.classList.toggle("chosen", chosen.has(id));
  }
  setText(state.count, count ? data.texts.chosen.replace("{count}", count) : data.summary);
  state.everything.hidden = state.all || !some.length || some.length < data.rows.length || data.found <= data.rows.length;
  state.actions.hidden = !count;
  state.retry.disabled = !state.all && !some.some((row) => row.can === "retry");
  state.cancel.disabled = !state.all && !some.some((row) => row.can === "cancel");
};

const beginRow = (state, id) => {
  const row = {};
  row.box = el("input", { type: "checkbox", onchange: () => {
    state.all = false;
    if (row.box.checked) state.chosen.add(id); else state.chosen.delete(id);
    marks(state);
  } });
  row.name = el("button", { type: "button", class: "open", "data-testid": `document-${id}`, onclick: () => { going(row.node); act(state, "open", [id]); } });
  row.kind = el("td", { class: "kind" });
  row.leaves = el("td", { class: "leaves" });
  row.sign = el("span", { class: "sign", "aria-hidden": "true" });
  row.text = el("span", { class: "text" });
  row.left = el("span", { class: "left" });
  row.bar = el("span", { class: "track", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100 }, el("span", { class: "done" }));
  row.act = el("button", { type: "button", class: "tool", "data-testid": `document-act-${id}`, onclick: () => act(state, row.can, [id]) });
  row.notes = el("td", { class: "notes" });
  row.day = el("span", {});
  row.time = el("span", { class: "time" });
  row.added = el("td", { class: "added" }, row.day, row.time);
  row.by = el("td", { class: "by" });
  row.node = el("tr", { "data-id": id },
    el("td", { class: "box" }, row.box), el("th", { scope: "row", class: "file" }, row.name), row.kind, row.leaves,
    el("td", { class: "state" }, el("div", { class: "line" }, row.sign, el("span", { class: "words" }, row.text, row.left), row.act), row.bar),
    row.notes, row.added, row.by);
  return row;
};

const patchRow = (row, now, data) => {
  const { texts } = data;
  setText(row.name, now.name);
  row.name.title = now.name;
  row.box.setAttribute("aria-label", texts.choose.replace("{name}", now.name));
  setText(row.kind, now.kind);
  setText(row.leaves, now.leaves);
  setText(row.text, now.text);
  row.text.title = now.hint;
  setText(row.left, now.left);
  if (row.sign.className !== `sign ${now.sign}`) row.sign.className = `sign ${now.sign}`;
  row.bar.hidden = now.part === null;
  if (now.part !== null) {
    row.bar.firstChild.style.inlineSize = `${now.part}%`;
    row.bar.setAttribute("aria-valuenow", Math.round(now.part));
    row.bar.setAttribute("aria-label", `${now.name}: ${now.text}`);
  }
  if (row.can !== now.can) {
    row.can = now.can;
    row.act.hidden = !now.can;
    row.act.replaceChildren(...(now.can ? [icon(now.can === "retry" ? "retry" : "close")] : []));
    row.act.title = now.can ? texts[now.can] : "";
  }
  row.act.setAttribute("aria-label", now.can ? `${texts[now.can]}: ${now.name}` : "");
  setText(row.notes, now.notes);
  row.notes.title = now.warnings;
  setText(row.day, now.added.slice(0, 10));
  setText(row.time, now.added.slice(10));
  row.added.title = now.added;
  setText(row.by, now.by ?? "");
  row.by.hidden = now.by === null;
};

const headNode = (state, name) => {
  const { view, texts } = state.data;
  const on = view.sort === name;
  const button = el("button", { type: "button", class: "head", onclick: () => look(state, { sort: name, down: on ? !view.down : name === "added", page: 1 }) },
    texts[name], icon(on && !view.down ? "up" : "down"));
  return el("th", { scope: "col", class: `${name} ${on ? "on" : ""}`, "aria-sort": on ? (view.down ? "descending" : "ascending") : null }, button);
};

const drawTable = (state) => {
  const { data } = state;
  const { texts } = data;
  state.view ??= data.view;
  const held = state.home.getRootNode().activeElement;
  if (held !== state.filter && state.filter.value !== data.view.filter) state.filter.value = data.view.filter;
  state.filter.placeholder = texts.filter;
  state.filter.setAttribute("aria-label", texts.filter);
  state.actions.setAttribute("aria-label", texts.actions);
  for (const verb of VERBS) setText(state[verb], texts[verb]);
  setText(state.everything, texts.choose_found.replace("{count}", data.found));
  const heads = JSON.stringify([data.view.sort, data.view.down, data.columns, texts]);
  if (state.drawnHeads !== heads) {
    const focused = [...state.heads.children].findIndex((th) => th.contains(held));
    state.drawnHeads = heads;
    state.boxAll.setAttribute("aria-label", texts.choose_all);
    state.heads.replaceChildren(el("th", { class: "box" }, state.boxAll), ...data.columns.map((name) => headNode(state, name)));
    if (focused > 0) state.heads.children[focused]?.querySelector("button")?.focus();
  }
  const there = new Set(data.rows.map((row) => row.id));
  for (const id of state.rows.keys()) if (!there.has(id)) { state.rows.get(id).node.remove(); state.rows.delete(id); state.chosen.delete(id); }
  data.rows.forEach((now, index) => {
    const row = state.rows.get(now.id) ?? beginRow(state, now.id);
    state.rows.set(now.id, row);
    patchRow(row, now, data);
    if (state.body.children[index] !== row.node) state.body.insertBefore(row.node, state.body.children[index] ?? null);
  });
  state.table.hidden = !data.rows.length;
  state.empty.hidden = data.rows.length > 0;
  setText(state.empty, texts.nothing_found);
  state.pages.hidden = data.pages < 2;
  state.pages.setAttribute("aria-label", texts.pages);
  setText(state.back, texts.back);
  setText(state.next, texts.next);
  state.back.disabled = data.page <= 1;
  state.next.disabled = data.page >= data.pages;
  setText(state.at, texts.page_of.replace("{page}", data.page).replace("{pages}", data.pages));
  marks(state);
};

export default (component) => {
  const root = component.parentElement;
  const state = tables.get(root) ?? beginTable(root);
  tables.set(root, state);
  state.data = component.data;
  state.set = component.setStateValue;
  state.send = component.setTriggerValue;
  drawTable(state);
  takeOver(state);
};
