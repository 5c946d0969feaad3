// One question and its answer, while it is made and ever after: the same drawing, so that nothing jumps.
const known = new WeakMap();
const still = matchMedia("(prefers-reduced-motion: reduce)");
let reached = "";  // the turn that was scrolled to last

const begin = (root) => {
  const part = (name, tag = "div", props = {}) => (parts[name] = el(tag, { class: name, ...props }));
  const parts = {};
  const summary = el("summary", {}, icon("chevron"), part("thinking-label", "span"));
  const thinking = el("details", { class: "thinking", hidden: true }, summary, part("thinking-text"));
  parts.thinking = thinking;
  const turn = el("article", { class: "turn" },
    part("question"), part("evidence", "section"), thinking, part("prose", "div", { "aria-live": "off" }), part("figures", "section"), part("wait", "div", { role: "status" }), part("notes"), part("actions"), part("tip", "div", { role: "tooltip", hidden: true }));
  root.append(turn);
  return { turn, parts, signs: {}, prose: { signs: [] }, keep: {}, data: null, send: null, timer: 0 };
};

const changed = (state, name, value) => {
  const sign = JSON.stringify(value);
  if (state.signs[name] === sign) return false;
  state.signs[name] = sign;
  return true;
};

const drawQuestion = (home, data) => {
  const extra = (label, text) => text && el("p", { class: "box" }, el("span", {}, label), text);
  home.replaceChildren(
    ...[extra(data.texts.background, data.background), data.question && el("h2", {}, data.question), extra(data.texts.output, data.output)].filter(Boolean));
};

const drawThinking = (state, data) => {
  const { thinking } = data;
  state.parts.thinking.hidden = !thinking;
  clearInterval(state.timer);
  if (!thinking) return;
  const label = state.parts["thinking-label"];
  const began = performance.now() - thinking.seconds * 1000;
  const tick = () => { label.textContent = thinking.label.replace("{seconds}", Math.max(1, Math.round((performance.now() - began) / 1000))); };
  if (thinking.live) { tick(); state.timer = setInterval(tick, 500); }
  else label.textContent = thinking.label;
  state.parts.thinking.classList.toggle("live", thinking.live);
  if (changed(state, "thinking-text", thinking.text)) {
    const home = state.parts["thinking-text"];
    const atEnd = home.scrollHeight - home.scrollTop - home.clientHeight < 24;
    home.textContent = thinking.text;
    if (thinking.live && atEnd) home.scrollTop = home.scrollHeight;
  }
};

const drawNotes = (home, data) => {
  home.replaceChildren(...(data.notes ?? []).map((note) =>
    el("p", { class: `note ${note.kind}` }, note.pieces.map(([kind, text]) =>
      kind === "code" ? el("code", {}, text) : kind === "models" ? el("button", { type: "button", class: "link", "data-act": "models" }, text) : text))));
};

const drawActions = (home, data) => {
  const { actions, texts } = data;
  if (!actions) return home.replaceChildren();
  const action = (name, label, sign = name) => el("button", { type: "button", class: "action", "data-act": name, "aria-label": label, title: label }, icon(sign), el("span", {}, label));
  home.replaceChildren(
    ...(data.copy ? [action("copy", texts.copy)] : []), action("retry", texts.retry), ...(actions.prompt ? [action("prompt", texts.prompt)] : []), ...(actions.gold ? [action("gold", texts.gold, "star")] : []),
    el("span", { class: "meta" }, actions.meta));
};

const copy = async (state, button) => {
  const text = state.data.copy;
  try { await navigator.clipboard.writeText(text); }
  catch {  // without https there is no clipboard to write to
    const area = el("textarea", { readonly: true, style: "position:fixed;opacity:0" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const label = button.querySelector("span");
  button.replaceChildren(icon("check"), label);
  label.textContent = state.data.texts.copied;
  setTimeout(() => { button.replaceChildren(icon("copy"), label); label.textContent = state.data.texts.copy; }, 1600);
};

// Of all turns, what opened the source if it can be seen, or else the first line that can.
const holdWhatIsRead = (state, leaving) => {
  const seen = (node) => { const { top, height } = node.getBoundingClientRect(); return height > 0 && top > 60 && top < innerHeight * 0.8; };
  const first = (what) => [...state.turn.querySelectorAll(what)].find(seen);
  const read = first(".open") ?? (leaving.held ? null : first(".card, .prose > *, .note, .actions"));
  if (!read) return;
  hold(() => read, read.getBoundingClientRect().top);
  leaving.held = true;
};

const act = (state, at) => {
  const opener = at.closest("[data-kind]");
  if (opener && !opener.disabled) {
    const number = Number(opener.dataset.n);
    const shown = { turn: state.data.turn, kind: opener.dataset.kind, n: number };
    document.dispatchEvent(new CustomEvent("pagecite:shown", { detail: shown }));
    const same = `[data-kind="${shown.kind}"][data-n="${number}"]`;
    const index = [...state.turn.querySelectorAll(same)].indexOf(opener);
    hold(() => state.turn.querySelectorAll(same)[index], opener.getBoundingClientRect().top);
    state.send("open", shown);
    return true;
  }
  const action = at.closest("[data-act]");
  if (!action) return false;
  if (action.dataset.act === "copy") copy(state, action);
  else state.send(action.dataset.act, Date.now());
  return true;
};

const listen = (state) => {
  const { turn, parts } = state;
  const hide = () => { parts.tip.hidden = true; };
  const show = (event) => {
    const at = event.target.closest?.(".pill");
    const cite = at && state.data.cites[at.dataset.n];
    if (!cite) return;
    parts.tip.replaceChildren(el("b", {}, cite.label), el("p", {}, cite.quote));
    parts.tip.hidden = false;
    const box = at.getBoundingClientRect();
    const width = parts.tip.offsetWidth;
    parts.tip.style.left = `${Math.max(8, Math.min(box.left - 12, innerWidth - width - 8))}px`;
    const below = box.bottom + 6;
    parts.tip.style.top = `${below + parts.tip.offsetHeight > innerHeight - 8 ? box.top - parts.tip.offsetHeight - 6 : below}px`;
  };
  turn.addEventListener("click", (event) => { if (act(state, event.target)) hide(); });
  turn.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches(".card") && act(state, event.target)) event.preventDefault();
    if (event.key === "Escape") hide();
  });
  turn.addEventListener("scroll", () => fade(parts.prose), { capture: true, passive: true });
  turn.addEventListener("mouseover", show);
  turn.addEventListener("mouseout", hide);
  turn.addEventListener("focusin", show);
  turn.addEventListener("focusout", hide);
  // The page becomes narrower beside a source, and wide again: what was clicked, or is read by then, stays where it is.
  const sizes = new ResizeObserver(() => {
    fit(parts.evidence);
    fade(parts.prose);
    stay(turn);
  });
  sizes.observe(turn);
  const mark = (event) => {
    state.shown = event.detail;
    paint(state);
  };
  const leaving = (event) => holdWhatIsRead(state, event.detail);
  document.addEventListener("pagecite:shown", mark);
  document.addEventListener("pagecite:leaving", leaving);
  return () => { document.removeEventListener("pagecite:shown", mark); document.removeEventListener("pagecite:leaving", leaving); sizes.disconnect(); turns.delete(turn); clearInterval(state.timer); };
};

const paint = (state) => {
  const shown = state.shown && state.shown.turn === state.data.turn ? state.shown : null;
  for (const node of state.turn.querySelectorAll("[data-kind]")) {
    const on = shown !== null && Number(node.dataset.n) === shown.n && (node.dataset.kind === "figure") === (shown.kind === "figure");
    node.classList.toggle("open", on);
    if (on) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
  }
};

export default function (component) {
  const { data, parentElement: root, setTriggerValue } = component;
  let state = known.get(root);
  if (!state || !state.turn.isConnected) {
    state = begin(root);
    known.set(root, state);
    state.data = data;
    state.leave = listen(state);
    state.keep.drawn = () => paint(state);
  }
  state.data = data;
  state.send = setTriggerValue;
  const { parts } = state;
  state.turn.classList.toggle("last", Boolean(data.last));
  state.turn.classList.toggle("computed", Boolean(data.computed));
  state.turn.setAttribute("data-state", data.state);
  for (const part of ["above", "below"]) state.turn.classList.toggle(part, data.part === part);  // of a chart
  state.turn.setAttribute("data-testid", data.part === "below" ? "turn-below" : "turn");
  const live = data.state !== "done";
  if (changed(state, "question", [data.question, data.background, data.output, data.texts])) drawQuestion(parts.question, data);
  if (changed(state, "cards", [data.cards, data.texts, data.part])) {
    if (data.part === "below") parts.evidence.replaceChildren();
    else if (data.cards) drawCards(parts.evidence, data, state.keep);
    else parts.evidence.replaceChildren(skeleton(data.texts.searching));
  }
  drawThinking(state, data);
  drawProse(parts.prose, data.prose, data, state.prose);
  parts.prose.classList.toggle("live", data.state === "writing");
  if (changed(state, "figures", data.figures ?? null)) {
    drawFigures(parts.figures, data.figures);
    if (data.figures?.first) parts.prose.before(parts.figures);
    else parts.prose.after(parts.figures);
  }
  if (changed(state, "wait", data.wait)) parts.wait.textContent = data.wait ?? "";
  if (changed(state, "notes", data.notes)) drawNotes(parts.notes, data);
  if (changed(state, "actions", [data.actions, data.copy !== "", data.texts])) drawActions(parts.actions, data);
  paint(state);
  if (data.part !== "below") {
    if (turns.has(state.turn)) turns.set(state.turn, data);
    else comeBack(state.turn, data);
  }
  if (data.asked && reached !== data.turn) {
    letGo();
    state.turn.scrollIntoView({ block: "start", behavior: still.matches ? "instant" : "smooth" });
    reached = data.turn;
  }
  return state.leave;
}
