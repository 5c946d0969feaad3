// The list of tables: rows with a small picture of the page, drawn as they come into sight.
const PAUSE = 250; // ms after the last key before the filter is sent
const SILENCE = 5000; // ms after a table was opened
const lists = new WeakMap();

const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };

const beginList = (root) => {
  const state = { chosen: new Set(), pictures: new Map(), rows: new Map() };
  state.filter = el("input", { type: "search", class: "filter", "data-testid": "tables-filter", spellcheck: "false", autocomplete: "off" });
  state.count = el("span", { class: "count", role: "status", "data-testid": "tables-count" });
  state.all = el("input", { type: "checkbox", "data-testid": "tables-all" });
  state.allWords = el("span", {});
  state.allLabel = el("label", { class: "all" }, state.all, state.allWords);
  state.none = el("button", { type: "button", class: "none", "data-testid": "tables-none", onclick: () => { state.chosen.clear(); choose(state); state.all.focus(); } });
  state.list = el("ul", { class: "list" });
  state.empty = el("p", { class: "nothing" });
  state.back = el("button", { type: "button", class: "act" });
  state.next = el("button", { type: "button", class: "act" });
  state.at = el("span", { class: "count" });
  state.pages = el("nav", { class: "pages" }, state.back, state.at, state.next);
  root.append(el("section", { class: "tables", "data-testid": "tables-list" },
    el("div", { class: "bar" }, state.filter, state.allLabel, state.count, state.none), state.list, state.empty, state.pages));
  const view = (change) => { state.view = { ...state.view, ...change }; state.set("view", state.view); };
  state.filter.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => view({ text: state.filter.value, page: 1 }), PAUSE);
  });
  state.back.addEventListener("click", () => view({ page: state.data.page - 1 }));
  state.next.addEventListener("click", () => view({ page: state.data.page + 1 }));
  state.all.addEventListener("change", () => {
    for (const row of state.data.rows) state.all.checked ? state.chosen.add(row.id) : state.chosen.delete(row.id);
    choose(state);
  });
  state.looking = lookingFor((wish) => { if (state.list.isConnected) state.send("look", wish); });
  return state;
};

const choose = (state) => {
  marks(state);
  state.set("chosen", { turn: state.data.turn, ids: [...state.chosen] });
};

const marks = (state) => {
  const here = state.data.rows.filter((row) => state.chosen.has(row.id)).length;
  state.all.checked = here > 0 && here === state.data.rows.length;
  state.all.indeterminate = here > 0 && !state.all.checked;
  state.none.classList.toggle("of-use", state.chosen.size > 0);
  for (const [id, row] of state.rows) {
    row.box.checked = state.chosen.has(id);
    row.node.classList.toggle("chosen", row.box.checked);
  }
};

const beginRow = (state, now, texts) => {
  const row = {};
  row.box = el("input", { type: "checkbox", "aria-label": texts.choose.replace("{name}", now.title), onchange: () => {
    row.box.checked ? state.chosen.add(now.id) : state.chosen.delete(now.id);
    choose(state);
  } });
  row.picture = el("span", { class: "picture" }, now.sheet ? sheetSign() : state.pictures.get(now.id) && paperNode(state.pictures.get(now.id)));
  row.drawn = state.pictures.has(now.id);
  const open = () => {
    state.looking.hush(SILENCE);
    going(row.node);
    state.send("open", { id: now.id, at: Date.now() });
  };
  row.node = el("li", { "data-id": now.id, "data-testid": `table-${now.id}` },
    el("label", { class: "choose" }, row.box),
    el("div", { class: "entry", onclick: (event) => { if (!getSelection().toString() && !event.target.closest("button")) open(); } },
      row.picture,
      el("div", { class: "about" },
        el("button", { type: "button", class: now.named ? "open" : "open unnamed", onclick: open }, now.title),
        now.named && now.heads && el("div", { class: "heads", title: now.heads }, now.heads),
        el("div", { class: "facts" },
          el("span", { class: "file", title: now.file }, now.file), el("span", {}, now.place),
          now.unit && el("span", { class: "unit", title: now.unit }, now.unit),
          now.signs.map((sign) => el("span", { class: "sign" }, sign)))),
      el("div", { class: "size" }, now.size)));
  return row;
};

const drawList = (state) => {
  const { data } = state;
  const { texts } = data;
  state.view = data.view;
  state.filter.placeholder = texts.filter;
  state.filter.setAttribute("aria-label", texts.filter);
  if (state.filter !== state.filter.getRootNode().activeElement) state.filter.value = data.view.text;
  put(state.count, data.summary);
  put(state.allWords, texts.choose_page);
  put(state.none, texts.choose_none);
  state.allLabel.hidden = !data.rows.length;
  for (const [id, picture] of Object.entries(data.pictures)) state.pictures.set(Number(id), picture);
  const sign = JSON.stringify([data.rows, texts]);
  if (state.sign !== sign) {
    state.sign = sign;
    const focused = state.list.getRootNode().activeElement?.closest?.("li")?.dataset.id;
    state.looking.anew();
    state.rows = new Map(data.rows.map((row) => [row.id, beginRow(state, row, texts)]));
    state.list.replaceChildren(...[...state.rows.values()].map((row) => row.node));
    for (const row of data.rows) if (!row.sheet && !state.pictures.has(row.id)) state.looking.at(state.rows.get(row.id).node);
    if (focused) state.list.querySelector(`[data-id="${CSS.escape(focused)}"] .open`)?.focus({ preventScroll: true });
  }
  for (const [id, row] of state.rows) {
    const now = data.rows.find((each) => each.id === id);
    const picture = state.pictures.get(id);
    if (picture === undefined || now.sheet || row.drawn) continue;
    row.drawn = true;
    if (picture) row.picture.append(paperNode(picture));
    state.looking.found(id, row.node);
  }
  state.list.hidden = !data.rows.length;
  state.empty.hidden = data.rows.length > 0;
  put(state.empty, texts.nothing_found);
  state.pages.hidden = data.pages < 2;
  state.pages.setAttribute("aria-label", texts.pages);
  put(state.back, texts.back);
  put(state.next, texts.next);
  state.back.disabled = data.page <= 1;
  state.next.disabled = data.page >= data.pages;
  put(state.at, texts.page_of.replace("{page}", data.page).replace("{pages}", data.pages));
  if (data.turn !== state.turn) {
    state.turn = data.turn;
    state.chosen = new Set();
  }
  marks(state);
};

export default (component) => {
  const root = component.parentElement;
  const state = lists.get(root) ?? beginList(root);
  lists.set(root, state);
  state.data = component.data;
  state.set = component.setStateValue;
  state.send = component.setTriggerValue;
  drawList(state);
  return state.looking.leave;
};
