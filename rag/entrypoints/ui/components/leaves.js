// One small cell for each page or sheet. Only the cells in sight are made, so that five thousand pages cost no more than fifty.
const strips = new WeakMap();
const ROWS_BEYOND = 4;
const SWATCHES = { rotated: "blank rotated", secret: "blank secret", hidden: "hidden-sheet" };

const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const coarse = window.matchMedia("(pointer: coarse)");
const sizes = () => (coarse.matches ? { w: 22, h: 28, gap: 6 } : { w: 14, h: 18, gap: 4 });

// What a cell is, in words: "Page 7 (printed iv): scanned, read by OCR, confidence 93 %".
const sayLeaf = ({ texts, sheets }, leaf) => {
  const fill = (text) => text.replace("{number}", leaf.number).replace("{printed}", leaf.name ?? "");
  const place = sheets ? leaf.name : fill(leaf.name && leaf.name !== String(leaf.number) ? texts.printed : texts.page);
  const state = leaf.sure === null ? texts[leaf.state] : texts[`${leaf.state}_sure`].replace("{percent}", leaf.sure);
  const more = [leaf.turned && texts.rotated.replace("{degrees}", leaf.turned), leaf.secret && texts.secret, leaf.hidden && texts.hidden].filter(Boolean);
  return texts.leaf.replace("{place}", place).replace("{state}", [state, ...more].join(texts.and)) + (leaf.why ? ` ${leaf.why}` : "");
};

const cellClass = (leaf) => ["leaf", leaf.state.replace("_", "-"), leaf.turned && "rotated", leaf.secret && "secret", leaf.hidden && "hidden-sheet"].filter(Boolean).join(" ");

const fits = (kind, leaf) => kind === null || kind === leaf.state || (kind === "rotated" && leaf.turned) || (kind === "secret" && leaf.secret) || (kind === "hidden" && leaf.hidden);

const unpack = (data) =>
  Array.from(data.states, (sign, at) => {
    const number = data.first + at;
    return {
      number, state: data.kinds[sign], name: data.names[number] ?? null, sure: data.sure[number] ?? null, why: data.why[number] ?? null,
      turned: data.turned[number] ?? 0, secret: data.secret.includes(number), hidden: data.hidden.includes(number),
    };
  });

const shape = (state) => {
  const { w, h, gap } = sizes();
  const width = state.window.clientWidth - 8;
  const columns = state.data.sheets ? 1 : Math.max(1, Math.floor((width + gap) / (w + gap)));
  return { w, h, gap, columns, rows: Math.ceil(state.shown.length / columns) };
};

const cellNode = (state, at, form) => {
  const leaf = state.shown[at];
  const label = sayLeaf(state.data, leaf);
  const place = state.data.sheets ? "" : `left:${(at % form.columns) * (form.w + form.gap)}px;top:${Math.floor(at / form.columns) * (form.h + form.gap)}px`;
  return el("button", {
    type: "button", role: "option", class: cellClass(leaf), style: place, "data-at": at, "data-number": leaf.number, "data-testid": `leaf-${leaf.number}`,
    tabindex: at === state.at ? 0 : -1, title: label, "aria-label": label, "aria-setsize": state.shown.length, "aria-posinset": at + 1,
    "aria-selected": String(leaf.number === state.open) }, state.data.sheets ? leaf.name : null);
};

// Draw the cells that are in sight, and a few rows more.
const drawCells = (state, focus = false) => {
  const { home, shown } = state;
  const form = shape(state);
  const pitch = form.h + form.gap;
  home.style.setProperty("--w", `${form.w}px`);
  home.style.setProperty("--h", `${form.h}px`);
  home.style.blockSize = `${Math.max(0, form.rows * pitch - form.gap)}px`;
  let from = 0;
  let to = shown.length;
  if (!state.data.sheets) {
    const top = Math.floor(state.window.scrollTop / pitch) - ROWS_BEYOND;
    const bottom = Math.ceil((state.window.scrollTop + (state.window.clientHeight || 200)) / pitch) + ROWS_BEYOND;
    from = Math.max(0, top * form.columns);
    to = Math.min(shown.length, bottom * form.columns);
  }
  const held = focus || home.contains(home.getRootNode().activeElement);
  const sign = JSON.stringify([from, to, form, state.sign, state.kind, state.at, state.open]);
  if (state.drawn !== sign) {
    state.drawn = sign;
    const cells = [];
    for (let at = from; at < to; at += 1) cells.push(cellNode(state, at, form));
    if (shown.length && (state.at < from || state.at >= to)) cells.push(cellNode(state, state.at, form));
    home.replaceChildren(...cells);
  }
  if (held) home.querySelector(`[data-at="${state.at}"]`)?.focus({ preventScroll: true });
};

const bring = (state, at, focus) => {
  state.at = Math.max(0, Math.min(state.shown.length - 1, at));
  const form = shape(state);
  const top = Math.floor(state.at / form.columns) * (form.h + form.gap);
  const { window: view } = state;
  if (!state.data.sheets && (top < view.scrollTop || top + form.h > view.scrollTop + view.clientHeight - 8)) view.scrollTop = top - view.clientHeight / 3;
  drawCells(state, focus);
};

const choose = (state) => {
  state.shown = state.leaves.filter((leaf) => fits(state.kind, leaf));
  if (!state.shown.length && state.kind !== null) { state.kind = null; state.shown = state.leaves; }
  const at = state.shown.findIndex((leaf) => leaf.number === state.open);
  state.at = Math.max(0, at);
};

const drawKinds = (state) => {
  const { data } = state;
  for (const [kind, count, words] of data.counts) {
    let chip = state.chips.get(kind);
    if (!chip) {
      chip = el("button", { type: "button", class: "kind", "data-kind": kind, "data-testid": `leaves-${kind}` }, el("span", { class: `leaf ${SWATCHES[kind] ?? kind.replace("_", "-")}`, "aria-hidden": "true" }), el("span"));
      state.chips.set(kind, chip);
    }
    setText(chip.lastChild, words);
    chip.title = data.texts.only;
    chip.setAttribute("aria-pressed", String(state.kind === kind));
  }
  const there = data.counts.map(([kind]) => state.chips.get(kind));
  for (const [kind, chip] of state.chips) if (!there.includes(chip)) { chip.remove(); state.chips.delete(kind); }
  there.forEach((chip, at) => { if (state.kinds.children[at] !== chip) state.kinds.insertBefore(chip, state.kinds.children[at] ?? null); });
};

const drawStrip = (state) => {
  const { data, home } = state;
  const sign = JSON.stringify([data.states, data.names, data.sure, data.why, data.turned, data.secret, data.hidden, data.texts]);
  if (state.sign !== sign) {
    state.sign = sign;
    const before = state.shown?.[state.at]?.number;
    state.leaves = unpack(data);
    state.open = data.open;
    choose(state);
    const again = state.shown.findIndex((leaf) => leaf.number === before);
    if (again >= 0) state.at = again;
    home.setAttribute("aria-label", data.texts.strip);
    state.strip.className = data.sheets ? "strip sheets" : "strip";
  }
  drawKinds(state);
  if (data.open !== state.open) mark(state, data.open);
  drawCells(state);
};

const mark = (state, open) => {
  state.open = open ?? null;
  const at = state.shown.findIndex((leaf) => leaf.number === open);
  if (at >= 0) bring(state, at, false);
  else drawCells(state);
};

// The source beside the strip turns its pages without Python drawing the strip again.
const follow = (state, detail) => {
  if (detail && detail.turn !== state.data.turn) return;
  mark(state, detail?.page ?? state.leaves.find((leaf) => detail?.sheet && leaf.name === detail.sheet)?.number);
};

const beginStrip = (root) => {
  const state = { chips: new Map(), kind: null, at: 0, open: null, leaves: [], shown: [] };
  state.kinds = el("div", { class: "kinds", role: "group" });
  state.home = el("div", { class: "leaves", role: "listbox", "data-testid": "leaves" });
  state.window = el("div", { class: "window" }, state.home);
  state.said = el("p", { class: "said", "aria-hidden": "true" });
  state.strip = el("div", { class: "strip" }, state.kinds, state.window, state.said);
  root.append(state.strip);
  const heard = (event) => follow(state, event.detail);
  document.addEventListener("pagecite:shown", heard);
  const wide = new ResizeObserver(() => drawCells(state));
  wide.observe(state.window);
  state.leave = () => { document.removeEventListener("pagecite:shown", heard); wide.disconnect(); };
  state.window.addEventListener("scroll", () => drawCells(state), { passive: true });
  state.kinds.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-kind]");
    if (!chip) return;
    state.kind = state.kind === chip.dataset.kind ? null : chip.dataset.kind;
    choose(state);
    state.window.scrollTop = 0;
    drawKinds(state);
    bring(state, state.at, false);
  });
  state.home.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-number]");
    if (!cell) return;
    state.at = Number(cell.dataset.at);
    state.send("open", { number: Number(cell.dataset.number), at: Date.now() });
  });
  const say = (event) => {
    const cell = event.target.closest?.("[data-at]");
    setText(state.said, cell ? cell.title : "");
  };
  for (const name of ["mouseover", "focusin"]) state.home.addEventListener(name, say);
  for (const name of ["mouseleave", "focusout"]) state.home.addEventListener(name, () => setText(state.said, ""));
  state.home.addEventListener("keydown", (event) => {
    const { columns } = shape(state);
    const down = state.data.sheets ? 1 : columns;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: down, ArrowUp: -down, PageDown: 8 * down, PageUp: -8 * down, Home: -state.at, End: state.shown.length - 1 - state.at }[event.key];
    if (step === undefined) return;
    bring(state, state.at + step, true);
    event.preventDefault();
    event.stopPropagation();
  });
  return state;
};

export default (component) => {
  const root = component.parentElement;
  const state = strips.get(root) ?? beginStrip(root);
  strips.set(root, state);
  state.data = component.data;
  state.send = component.setTriggerValue;
  drawStrip(state);
  return state.leave;
};
