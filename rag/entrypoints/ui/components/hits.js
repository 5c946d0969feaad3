// What was found, best first: each passage with its place, how each method ranked it, and a star that makes it gold.
const shownHits = new WeakMap();

const beginHits = (root) => {
  const state = { cards: new Map(), unfolded: new Set() };
  state.list = el("ol", { class: "hits" });
  state.said = el("p", { class: "unseen", role: "status" });
  root.append(el("section", { class: "found", "data-testid": "hits" }, state.list, state.said));
  state.looking = lookingFor((wish) => state.send("look", wish));
  state.mark = (event) => { state.shown = event.detail; paintHits(state); };
  document.addEventListener("pagecite:shown", state.mark);
  state.list.addEventListener("keydown", (event) => {
    const card = event.target.closest("li");
    if (!card || event.target.tagName === "INPUT") return;
    const next = event.key === "ArrowDown" ? card.nextElementSibling : event.key === "ArrowUp" ? card.previousElementSibling : null;
    if (!next) return;
    event.preventDefault();
    next.querySelector(".open").focus();
  });
  return state;
};

const paintHits = (state) => {
  const open = state.shown && state.shown.turn === state.data.turn ? state.shown.n : null;
  for (const [n, card] of state.cards) {
    card.node.classList.toggle("shown", n === open);
    if (n === open) card.node.setAttribute("aria-current", "true");
    else card.node.removeAttribute("aria-current");
  }
};

const methodNode = (method) =>
  el("span", { class: "method", title: method.about }, el("span", { class: "name" }, method.name), el("b", {}, method.rank), method.score && el("span", { class: "score" }, method.score));

const beginHit = (state, now) => {
  const { texts } = state.data;
  const card = {};
  const open = () => state.send("open", { n: now.n, at: Date.now() });
  card.picture = el("span", { class: "picture" }, now.sheet && sheetSign());
  card.text = now.table ? el("div", { class: "row" }, now.table.about && el("div", { class: "heading" }, now.table.about), tableNode(now.table, false)) : el("div", { class: "text" }, markedNodes(now.pieces));
  card.more = el("button", { type: "button", class: "more", hidden: true, onclick: () => {
    state.unfolded.has(now.n) ? state.unfolded.delete(now.n) : state.unfolded.add(now.n);
    fold(state, card, now);
  } });
  card.star = el("button", { type: "button", class: "star", "data-testid": `gold-${now.n}`, onclick: () => state.send("gold", { n: now.n, at: Date.now() }) }, icon("star"), el("span", {}));
  card.node = el("li", { "data-id": now.n, "data-testid": `hit-${now.n}` },
    el("div", { class: "side", "aria-hidden": "true", onclick: open }, el("span", { class: "rank" }, String(now.n)), card.picture),
    el("div", { class: "body" },
      el("div", { class: "where" },
        el("button", { type: "button", class: "open", "aria-label": `${now.n}: ${citedAs(now.file, now.place)}`, onclick: open }, el("span", { class: "file" }, now.file), " › ", el("span", { class: "place" }, now.place)),
        card.star),
      now.heading && el("div", { class: "heading", title: now.heading }, now.heading),
      card.text, card.more,
      now.parts.length > 0 && el("div", { class: "speaks" },
        el("span", { class: "bar", "aria-hidden": "true" }, now.parts.map((part, at) => el("i", { class: `p${at % 6}`, style: `inline-size:${part.part}%` }))),
        el("span", { class: "parts" }, texts.speaks, now.parts.map((part, at) => el("span", { class: "part" }, el("i", { class: `dot p${at % 6}`, "aria-hidden": "true" }), part.name, el("b", {}, part.value))))),
      el("div", { class: "why" }, el("span", { class: "methods", role: "group", "aria-label": texts.methods }, now.methods.map(methodNode)), el("span", { class: "because" }, now.why))));
  return card;
};

const fold = (state, card, now) => {
  const open = state.unfolded.has(now.n);
  card.text.classList.toggle("folded", !open);
  card.more.hidden = !open && card.text.scrollHeight <= card.text.clientHeight + 2;
  card.more.textContent = open ? state.data.texts.fold : state.data.texts.unfold;
  card.more.setAttribute("aria-expanded", String(open));
};

const drawHits = (state) => {
  const { data } = state;
  const sign = JSON.stringify([data.turn, data.hits.map(({ gold, ...rest }) => rest), data.texts]);
  if (state.sign !== sign) {
    if (state.turn !== data.turn) state.unfolded.clear();
    Object.assign(state, { sign, turn: data.turn });
    state.looking.anew();
    state.cards = new Map(data.hits.map((now) => [now.n, beginHit(state, now)]));
    state.list.replaceChildren(...[...state.cards.values()].map((card) => card.node));
    state.list.setAttribute("aria-label", data.texts.hits);
    for (const now of data.hits) if (!now.sheet) state.looking.at(state.cards.get(now.n).node);
    requestAnimationFrame(() => { for (const now of data.hits) fold(state, state.cards.get(now.n), now); });
    state.said.textContent = data.summary;
  }
  for (const now of data.hits) {
    const card = state.cards.get(now.n);
    const picture = data.pictures[now.n];
    if (picture !== undefined && !card.drawn && !now.sheet) {
      card.drawn = true;
      if (picture) card.picture.append(paperNode(picture));
      state.looking.found(now.n, card.node);
    }
    const said = now.gold ? data.texts.is_gold : data.texts.make_gold;
    card.star.setAttribute("aria-pressed", String(now.gold));
    card.star.title = now.gold ? data.texts.not_gold : data.texts.make_gold;
    card.star.querySelector("span").textContent = said;
  }
  paintHits(state);
};

export default (component) => {
  const root = component.parentElement;
  const state = shownHits.get(root) ?? beginHits(root);
  shownHits.set(root, state);
  state.data = component.data;
  state.send = component.setTriggerValue;
  drawHits(state);
  return () => {
    state.looking.leave();
    document.removeEventListener("pagecite:shown", state.mark);
  };
};
