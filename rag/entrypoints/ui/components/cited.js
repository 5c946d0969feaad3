// A citation as people quote it, `sales.xlsx › 2024!C12`, on one line: what is too long is left out in its middle, never
// at the cell.
const TAIL = 8;

const elided = (name, text, from, props = {}) =>
  el("span", { class: name, ...props }, el("span", { class: "front" }, text.slice(0, from)), el("span", { class: "tail" }, text.slice(from)));

const citedAs = (file, place) => `${file} › ${place}`;

const citedNode = (file, place, props = {}) =>
  el("span", { class: "cited-as", title: citedAs(file, place) },
    elided("file", file, [...file].slice(0, -TAIL).join("").length), el("span", { class: "leads" }, " › "),
    elided("place", place, Math.max(0, place.lastIndexOf("!")), props));
