// Pictures of what is in sight: asked for a few at a time, and again later should the server have much to do.
const AT_ONCE = 6; // pictures asked for together
const PAUSED = 2000; // ms after a person did something

const lookingFor = (send) => {
  const wanted = new Set();
  let patience = 400, timer = 0, quiet = 0;
  const look = () => {
    clearTimeout(timer);
    if (!wanted.size) return;
    // Of two wishes that wait for the server only the last one is heard: it must not be this one.
    const left = quiet - Date.now();
    if (left > 0) { timer = setTimeout(look, left); return; }
    send({ ids: [...wanted].slice(0, AT_ONCE), at: Date.now() });
    patience = Math.min(4000, patience * 1.5);
    timer = setTimeout(look, patience);
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(look, 60); };
  const watch = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) isIntersecting ? wanted.add(Number(target.dataset.id)) : wanted.delete(Number(target.dataset.id));
    soon();
  }, { rootMargin: "120px" });
  const hush = (ms) => { quiet = Math.max(quiet, Date.now() + ms); };
  // What a person does anywhere on the page comes before pictures: of a click on another page, too, only the last wish is heard.
  const did = () => hush(PAUSED);
  for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, did, true);
  return {
    hush,
    at: (node) => watch.observe(node),
    found: (id, node) => { watch.unobserve(node); wanted.delete(id); patience = 400; soon(); },
    anew: () => { watch.disconnect(); wanted.clear(); patience = 400; },
    leave: () => {
      clearTimeout(timer);
      watch.disconnect();
      for (const event of ["pointerdown", "keydown"]) document.removeEventListener(event, did, true);
    },
  };
};

const paperNode = (picture) =>
  el("span", { class: "paper", style: `aspect-ratio:${picture.shape}` },
    el("img", { src: picture.src, alt: "", draggable: "false" }),
    picture.boxes.map(([left, top, width, height]) => el("i", { class: "mark", style: `left:${left}%;top:${top}%;width:${width}%;height:${height}%` })));

const sheetSign = () => el("span", { class: "grid-sign", "aria-hidden": "true" }, Array.from({ length: 12 }, () => el("i")));
