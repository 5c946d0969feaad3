// Evidence: a card for each passage, and the rows of tables under their heads.
const FOLDED = matchMedia("(max-width: 640px)").matches ? 2 : 4;  // the answer is near on a phone too

const markedNodes = (pieces) => pieces.map(([text, marked]) => (marked ? el("mark", {}, text) : text));

const tableNode = (table, plain) =>
  el("table", {},
    table.heads.some((head) => head) &&
      el("thead", {}, el("tr", {}, el("td"), table.heads.map((head, i) =>
        el(head ? "th" : "td", { scope: head && "col", class: [table.numbers[i] && "right", table.asked.includes(i) && "asked"].filter(Boolean).join(" ") }, head)))),
    el("tbody", {}, (plain ? table.rows.slice(0, 2) : table.rows).map((row) => el("tr", {},
      el("th", { scope: "row" }, markedNodes(row.label)),
      row.cells.map((cell, i) => el("td", { class: [table.numbers[i] && "right", table.asked.includes(i) && "asked"].filter(Boolean).join(" ") }, cell))))));

const cardNode = (card, data) => {
  const label = data.texts.source.replace("{number}", card.n).replace("{label}", citedAs(card.file, card.place));
  const about = card.table ? [card.table.title, card.table.unit, card.table.over].filter(Boolean).join(" · ") || card.heading : card.heading;
  return el("li", {},
    el("div", { class: card.cited ? "card cited" : "card", role: "button", tabindex: 0, "aria-label": label, "data-n": card.n, "data-kind": "evidence", "data-testid": `card-${card.n}` },
      el("div", { class: "where" },
        el("span", { class: "number" }, String(card.n)),
        citedNode(card.file, card.place)),
      about && el("div", { class: "heading", title: about }, about),
      card.table ? el("div", { class: "row" }, tableNode(card.table, true)) : el("div", { class: "quote" }, markedNodes(card.quote))));
};

// A figure that is cut off reads as another one: columns that have no room are left out, those asked for last.
const fit = (home) => {
  for (const row of home.querySelectorAll(".card .row")) {
    const lines = [...row.querySelectorAll("tr")].map((line) => [...line.children]);
    const cut = (column, on) => lines.forEach((cells) => cells[column]?.toggleAttribute("hidden", on));
    const columns = [...(lines.at(-1) ?? []).keys()].slice(1);
    columns.forEach((column) => cut(column, false));
    const asked = (column) => lines.at(-1)[column].classList.contains("asked");
    const least = [...columns.filter(asked), ...columns.filter((column) => !asked(column))];
    while (row.scrollWidth > row.clientWidth && least.length > 1) cut(least.pop(), true);
  }
};

const drawCards = (home, data, keep) => {
  const cards = data.cards ?? [];
  const few = data.part === "above" ? 2 : FOLDED;  // a chart is seen with what is said of it
  const folded = !keep.unfolded && cards.length > few;
  home.replaceChildren(
    el("ol", { class: "cards", "aria-label": data.texts.evidence }, (folded ? cards.slice(0, few) : cards).map((card) => cardNode(card, data))),
    ...(cards.length > few
      ? [el("button", { type: "button", class: "more", "aria-expanded": !folded, onclick: () => { keep.unfolded = folded; drawCards(home, data, keep); keep.drawn(); } },
          folded ? data.texts.show_all : data.texts.show_fewer)]
      : []),
  );
  fit(home);
};

const skeleton = (label) =>
  el("div", { class: "cards waiting", role: "status", "aria-label": label },
    Array.from({ length: FOLDED }, () => el("div", { class: "card ghost" }, el("i"), el("i"), el("i"))));
