// The source beside the answer. Scrolling and zooming stay in the browser; another page or citation is asked for.
const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3];
const PATIENCE = 3000; // ms after which a wish was not heard
const known = new WeakMap();

const begin = (root) => {
  const state = { zoom: 1, wishes: [] };
  state.pane = el("section", { class: "source", tabindex: -1, "data-testid": "source-pane" });
  root.append(state.pane);
  const click = (event) => {
    const at = event.target.closest("[data-send], [data-zoom]");
    if (!at || at.disabled) return;
    if (at.dataset.zoom) zoom(state, at.dataset.zoom);
    else ask(state, at.dataset.send, at.dataset.value ?? "");
  };
  const key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('[role="dialog"]')) return;
    if (event.key === "Escape") { if (!event.defaultPrevented) ask(state, "close", ""); return; }
    if (typing(event)) return;
    const scrolls = event.composedPath().some((node) => node.classList?.contains("desk-grid"));
    if (event.key === "ArrowLeft" && !scrolls) press(state, "previous-citation");
    else if (event.key === "ArrowRight" && !scrolls) press(state, "next-citation");
    else if (event.key === "+" || event.key === "=") zoom(state, "in");
    else if (event.key === "-") zoom(state, "out");
    else if (event.key === "0") zoom(state, "fit");
    else return;
    event.preventDefault();
  };
  state.pane.addEventListener("click", click);
  document.addEventListener("keydown", key);
  state.leave = () => {
    clearTimeout(state.timer);
    document.removeEventListener("keydown", key);
    document.dispatchEvent(new CustomEvent("pagecite:shown", { detail: null }));
  };
  return state;
};

const button = (state, name) => state.pane.querySelector(`[data-value="${name}"]:not(:disabled)`);
const press = (state, name) => button(state, name)?.click();

// One wish at a time: of two that reach the server together one may be lost. To put the source away is wished until it is gone.
const ask = (state, name, value) => {
  if (name === "close") {
    state.pane.classList.add("leaving");
    document.dispatchEvent(new CustomEvent("pagecite:leaving", { detail: { held: false } }));
  }
  state.wishes.push({ name, value });
  if (state.wishes.length === 1) send(state);
};

const send = (state) => {
  clearTimeout(state.timer);
  const impossible = ({ name, value }) => name === "step" && !button(state, value);
  while (state.wishes.length && impossible(state.wishes[0])) state.wishes.shift();
  const [wish] = state.wishes;
  state.pane.setAttribute("aria-busy", String(Boolean(wish)));
  if (!wish) return;
  state.send(wish.name, { value: wish.value, at: Date.now() });
  state.timer = setTimeout(() => { if (wish.name !== "close") state.wishes.shift(); send(state); }, PATIENCE);
};

const heard = (state) => {
  state.wishes.shift();
  if (!state.wishes.some(({ name }) => name === "close")) state.pane.classList.remove("leaving");
  send(state);
};

const zoom = (state, how) => {
  const desk = state.pane.querySelector(".desk");
  if (!desk) return;
  const middle = (desk.scrollTop + desk.clientHeight / 2) / desk.scrollHeight;
  const across = (desk.scrollLeft + desk.clientWidth / 2) / desk.scrollWidth;
  const at = STEPS.indexOf(state.zoom);
  state.zoom = how === "fit" ? 1 : STEPS[Math.max(0, Math.min(STEPS.length - 1, at + (how === "in" ? 1 : -1)))];
  applyZoom(state);
  desk.scrollTop = middle * desk.scrollHeight - desk.clientHeight / 2;
  desk.scrollLeft = across * desk.scrollWidth - desk.clientWidth / 2;
};

const applyZoom = (state) => {
  const desk = state.pane.querySelector(".desk");
  desk?.style.setProperty("--zoom", state.zoom);
  const shown = state.pane.querySelector(".zoom-level");
  if (shown) shown.textContent = `${Math.round(state.zoom * 100)} %`;
  freeze(state.pane);
};

const step = (name, label, value, possible) => iconButton(name, label, { "data-send": "step", "data-value": value, disabled: !possible });

const headNode = (data) => {
  const { texts } = data;
  const citation = data.kind !== "page" && data.of > 0 && el("span", { class: "group" },
    step("left", texts.previous_citation, "previous-citation", data.index > 0),
    el("span", { class: "count" }, texts.citation_of.replace("{index}", data.index + 1).replace("{count}", data.of)),
    step("right", texts.next_citation, "next-citation", data.index + 1 < data.of));
  const pages = data.page && el("span", { class: "group" },
    step("up", texts.previous_page, "previous-page", data.page.number > 1),
    el("span", { class: "count" }, texts.page_of.replace("{page}", data.page.number).replace("{count}", data.page.count)),
    step("down", texts.next_page, "next-page", data.page.number < data.page.count));
  const rows = data.grid && el("span", { class: "group" },
    step("up", texts.rows_above, "rows-above", data.grid.above),
    el("span", { class: "count" }, texts.rows),
    step("down", texts.rows_below, "rows-below", data.grid.below));
  const zooms = el("span", { class: "group" },
    iconButton("minus", texts.zoom_out, { "data-zoom": "out" }), el("span", { class: "zoom-level count" }),
    iconButton("plus", texts.zoom_in, { "data-zoom": "in" }), iconButton("fit", texts.zoom_fit, { "data-zoom": "fit" }));
  return el("header", {},
    el("div", { class: "title" },
      data.kind !== "page" && el("span", { class: "number" }, String(data.n)),
      el("div", { class: "name", role: "heading", "aria-level": 2, "aria-label": citedAs(data.file, data.place) }, citedNode(data.file, data.place, { "data-testid": "source-place" })),
      iconButton("close", texts.close, { "data-send": "close" })),
    el("div", { class: "tools", role: "toolbar", "aria-label": texts.tools }, citation, pages, rows, zooms));
};

const bodyNode = (data) => {
  if (data.problem) return el("div", { class: "desk problem" }, el("p", {}, data.problem[0]), el("p", { class: "soft" }, data.problem[1]));
  if (data.page) return el("div", { class: "desk", tabindex: 0, role: "region", "aria-label": data.page.alt }, pageNode(data.page, data.texts));
  return el("div", { class: "desk desk-grid", tabindex: 0, role: "region", "aria-label": citedAs(data.file, data.place) }, gridNode(data.grid, data.texts));
};

const footNode = (data) =>
  el("footer", {},
    data.grid && tabsNode(data.grid, data.texts),
    data.quote && el("details", { class: "words", open: true }, el("summary", {}, data.texts.quote), el("blockquote", { "data-testid": "source-quote" }, data.quote)));

const toFirst = (state) => {
  const desk = state.pane.querySelector(".desk");
  const first = desk?.querySelector(".box, .cited");
  if (!desk) return;
  if (!first) { desk.scrollTop = 0; return; }
  const home = desk.getBoundingClientRect();
  const box = first.getBoundingClientRect();
  desk.scrollTop += box.top - home.top - Math.min(desk.clientHeight * 0.3, 220);
  const hidden = box.right > home.right || box.left < home.left + 48;
  if (hidden) desk.scrollLeft += box.left - home.left - desk.clientWidth * 0.3;
};

export default function (component) {
  const { data, parentElement: root, setTriggerValue } = component;
  let state = known.get(root);
  if (!state || !state.pane.isConnected) {
    state = begin(root);
    known.set(root, state);
  }
  state.send = setTriggerValue;
  // What lies around this component has no colour of its own, and the pane covers the page.
  const around = root.host?.closest(".st-key-ask-source, .st-key-find-source, .st-key-evaluate-source");
  if (around) around.style.background = getComputedStyle(state.pane).getPropertyValue("--st-background-color");
  state.pane.setAttribute("aria-label", data.texts.source);
  const sign = JSON.stringify([data.turn, data.kind, data.n, data.page?.number, data.page?.src?.length, data.grid?.sheet, data.grid?.rows, data.texts, data.problem, data.index]);
  if (state.sign !== sign) {
    state.sign = sign;
    const focused = root.activeElement?.dataset?.value ?? (root.activeElement ? "desk" : null);
    state.pane.replaceChildren(headNode(data), bodyNode(data), footNode(data));
    applyZoom(state);
    requestAnimationFrame(() => toFirst(state));
    const again = focused && (state.pane.querySelector(`[data-value="${CSS.escape(focused)}"]:not(:disabled)`) ?? state.pane.querySelector(".desk"));
    again?.focus({ preventScroll: true });
    heard(state);
  }
  document.dispatchEvent(new CustomEvent("pagecite:shown", { detail: { turn: data.turn, kind: data.kind, n: data.n, page: data.page?.number, sheet: data.grid?.sheet } }));
  return state.leave;
}
