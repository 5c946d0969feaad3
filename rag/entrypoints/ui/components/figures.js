// The figures of an answer: pictures with their captions; in an older turn a button that has them drawn.
const pictureNode = (item) =>
  el("button", { type: "button", class: "picture", "data-kind": "figure", "data-n": item.n, "data-testid": `figure-${item.n}`, "aria-label": item.open },
    item.src ? el("img", { src: item.src, alt: item.caption, style: `aspect-ratio:${item.ratio}`, draggable: "false" }) : el("span", { class: "no-picture" }),
    el("span", { class: "caption", title: item.caption }, item.caption),
    citedNode(item.file, item.place));

const drawFigures = (home, figures) => {
  if (!figures) return home.replaceChildren();
  home.setAttribute("aria-label", figures.label);
  home.replaceChildren(...(figures.items.length
    ? figures.items.map(pictureNode)
    : [el("button", { type: "button", class: "more", "data-act": "figures" }, figures.show)]));
};
