// What is read stays where it is on the screen: while the page becomes narrower or wider, and for who comes back to it.
const PLACE = "pagecite:place:"; // and the number of a conversation
const SLOW = 20000; // ms for which a page may be on its way
const SETTLED = 2500; // ms in which what is there finds its size
const LINE = 80; // px under the top of the screen
const MOVES = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);
const turns = new Map(); // the parts of the page that are turns, each with its data
let anchor = null; // a node, where it is to stay, and until when
let arriving = null; // the conversation that is being drawn from its beginning, and where it was left

const scroller = (node) => {
  for (let at = node.getRootNode().host; at; at = at.parentElement) {
    if (/(auto|scroll)/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement;
};

const hold = (node, top, now = SLOW) => { anchor = { node, top, until: performance.now() + now }; };
const letGo = () => { anchor = arriving = null; };
const stay = (turn) => {
  const node = anchor && performance.now() < anchor.until ? anchor.node() : null;
  if (node?.isConnected) scroller(turn)?.scrollBy(0, node.getBoundingClientRect().top - anchor.top);
};

const threadOf = (data) => String(data.turn).split("-")[0];
const turnOf = (data) => Number(String(data.turn).split("-").at(-1));

// The turn that is on the screen, and where; a page that is still on its way says nothing.
const keepPlace = () => {
  if (arriving && performance.now() < arriving.until) return;
  for (const [turn, data] of turns) {
    const { top, bottom, height } = turn.getBoundingClientRect();
    if (height > 0 && bottom > LINE && top < innerHeight) {
      sessionStorage.setItem(PLACE + threadOf(data), JSON.stringify({ turn: turnOf(data), top: Math.round(top) }));
      return;
    }
  }
};

// Where a person was; else the turn whose source the address names; else the last one, unless it was asked just now.
const wanted = (data) => {
  const kept = JSON.parse(sessionStorage.getItem(PLACE + threadOf(data)) ?? "null");
  if (kept) return kept;
  const named = new URLSearchParams(location.search).get("source");
  return { turn: named ? Number(named.split(".")[0]) : null, top: null };
};

const comeBack = (turn, data) => {
  const thread = threadOf(data);
  if (![...turns.values()].some((each) => threadOf(each) === thread)) arriving = { thread, until: performance.now() + SLOW, ...wanted(data) };
  turns.set(turn, data);
  if (arriving?.thread !== thread || performance.now() > arriving.until) return;
  if (arriving.turn === null ? !data.last || data.asked : arriving.turn !== turnOf(data)) return;
  if (arriving.turn === null && !turnOf(data)) return;  // the only one: the page begins with it
  hold(() => turn, arriving.top ?? parseFloat(getComputedStyle(turn).scrollMarginTop));
  requestAnimationFrame(() => stay(turn));
};

// Who scrolls, or does something else, is where they want to be.
const inPane = (event) => event.composedPath().some((node) => node.classList?.contains("source"));
for (const event of ["wheel", "touchmove", "pointerdown"]) {
  addEventListener(event, (it) => { if (event === "pointerdown") keepPlace(); if (!inPane(it)) letGo(); }, { capture: true, passive: true });
}
addEventListener("keydown", (it) => { keepPlace(); if (MOVES.has(it.key) && !typing(it) && !inPane(it)) letGo(); }, true);
for (const event of ["pagehide", "popstate"]) addEventListener(event, keepPlace, true);
document.addEventListener("pagecite:shown", () => { if (anchor) anchor.until = Math.min(anchor.until, performance.now() + SETTLED); });
