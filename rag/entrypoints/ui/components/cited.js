// A citation as people quote it, `sales.xlsx › 2024!C12`, on one line. Where it is too long, what is told behind the cell
// is left out first, then the middle of the names, and never the cell.
const TAIL = 8;
const CELL = /^![A-Z]+\d+(:[A-Z]+\d+)?/;

const elided = (name, text, from, props = {}) => {
  const tail = text.slice(from);
  const end = CELL.exec(tail)?.[0].length ?? tail.length;
  return el("span", { class: name, ...props }, el("span", { class: "front" }, text.slice(0, from)), el("span", { class: "tail" }, tail.slice(0, end)),
    end < tail.length && el("span", { class: "rest" }, tail.slice(end)));
};

const citedAs = (file, place) => `${file} › ${place}`;

const citedNode = (file, place, props = {}) =>
  el("span", { class: "cited-as", title: citedAs(file, place) },
    elided("file", file, [...file].slice(0, -TAIL).join("").length), el("span", { class: "leads" }, " › "),
    elided("place", place, Math.max(0, place.lastIndexOf("!")), props));
