// One small cell for each page or sheet; arrows walk them, Enter opens one.
const strips = new WeakMap();
const leafLabel = (texts, leaf) => [leaf.label, texts[leaf.state], ...(leaf.hidden ? [texts.hidden] : [])].join(" · ");

const drawStrip = (state) => {
  const { data, home } = state;
  const { texts } = data;
  const sign = JSON.stringify([data.leaves, texts, data.sheets]);
  if (state.sign !== sign) {
    state.sign = sign;
    const held = state.home.getRootNode().activeElement?.dataset?.number;
    home.className = data.sheets ? "leaves sheets" : "leaves";
    home.setAttribute("aria-label", texts.strip);
    home.replaceChildren(...data.leaves.map((leaf) =>
      el("button", { type: "button", role: "option", class: `leaf ${leaf.state}${leaf.hidden ? " hidden-sheet" : ""}`, "data-number": leaf.number, "data-testid": `leaf-${leaf.number}`, tabindex: -1, title: leafLabel(texts, leaf), "aria-label": leafLabel(texts, leaf) },
        data.sheets ? leaf.label : null)));
    home.querySelector(`[data-number="${held}"]`)?.focus();
  }
  mark(state, data.open);
};

const mark = ({ home }, open) => {
  for (const cell of home.children) cell.setAttribute("aria-selected", String(Number(cell.dataset.number) === open));
  const reachable = home.querySelector('[aria-selected="true"]') ?? home.firstElementChild;
  for (const cell of home.children) cell.tabIndex = cell === reachable ? 0 : -1;
};

// The source beside the strip turns its pages without Python drawing the strip again.
const follow = (state, detail) => {
  if (detail && detail.turn !== state.data.turn) return;
  const open = detail?.page ?? state.data.leaves.find((leaf) => detail?.sheet && leaf.label === detail.sheet)?.number;
  mark(state, open);
};

export default (component) => {
  const root = component.parentElement;
  let state = strips.get(root);
  if (!state) {
    state = { home: el("div", { class: "leaves", role: "listbox", "data-testid": "leaves" }) };
    strips.set(root, state);
    const heard = (event) => follow(state, event.detail);
    document.addEventListener("pagecite:shown", heard);
    state.leave = () => document.removeEventListener("pagecite:shown", heard);
    root.append(state.home);
    state.home.addEventListener("click", (event) => {
      const cell = event.target.closest("[data-number]");
      if (cell) state.send("open", { number: Number(cell.dataset.number), at: Date.now() });
    });
    state.home.addEventListener("keydown", (event) => {
      const cells = [...state.home.children];
      const at = cells.indexOf(event.target);
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: cells.length - 1 - at }[event.key];
      const next = step === undefined ? null : cells[Math.max(0, Math.min(cells.length - 1, at + step))];
      if (next) { for (const cell of cells) cell.tabIndex = cell === next ? 0 : -1; next.focus(); event.preventDefault(); event.stopPropagation(); }
    });
  }
  state.data = component.data;
  state.send = component.setTriggerValue;
  drawStrip(state);
  return state.leave;
};
