// A page as a picture with soft boxes on the cited words.
const pageNode = (page, texts) => {
  const boxes = page.boxes.map(([left, top, width, height], index) =>
    el("div", { class: page.framed ? "box framed" : "box", role: "img", "data-testid": "cited-box", "aria-label": texts.cited_words.replace("{index}", index + 1), style: `left:${left}%;top:${top}%;width:${width}%;height:${height}%` }));
  const picture = el("img", { src: page.src, width: page.width, height: page.height, alt: page.alt, draggable: "false", "data-testid": "page-image" });
  return el("div", { class: "sheet-of-paper", style: `aspect-ratio:${page.width}/${page.height}` }, picture, boxes);
};
