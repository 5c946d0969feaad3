// Nodes are only ever made here: text becomes text nodes, never markup.
const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(9)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
};

// Drawn from fixed paths, since a page without network may not have the icon font yet.
const PATHS = {
  chevron: "M9 6l6 6-6 6",
  copy: "M8 8h11v12H8z M5 16V4h11",
  retry: "M19 12a7 7 0 1 1-2-4.9 M19 4v4h-4",
  prompt: "M5 5h14v14H5z M8 9l3 3-3 3 M13 15h3",
  check: "M5 13l4 4L19 7",
  close: "M6 6l12 12 M18 6L6 18",
  left: "M15 6l-6 6 6 6",
  right: "M9 6l6 6-6 6",
  up: "M6 15l6-6 6 6",
  down: "M6 9l6 6 6-6",
  plus: "M12 6v12 M6 12h12",
  minus: "M6 12h12",
  star: "M12 4l2.4 5.2 5.6.7-4.1 3.9 1 5.6-4.9-2.8-4.9 2.8 1-5.6L4 9.9l5.6-.7z",
  edit: "M5 19l1-4L16 5l3 3L9 18z",
  trash: "M5 7h14 M10 4h4 M7 7l1 13h8l1-13",
  fit: "M4 9V4h5 M20 9V4h-5 M4 15v5h5 M20 15v5h-5",
};
const icon = (name) => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", `icon-${name}`);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
};

const iconButton = (name, label, props = {}) =>
  el("button", { type: "button", class: "tool", "aria-label": label, title: label, ...props }, icon(name));

const typing = (event) => {
  const at = event.composedPath()[0];
  return at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
};

// What was opened is seen at once, however long the server takes to show it.
const going = (node) => {
  node.classList.add("going");
  setTimeout(() => node.classList.remove("going"), 8000);
};
