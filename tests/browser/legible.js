// What a person could not read or name on the page: words too pale on their ground (WCAG AA), controls without a name.
() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const colour = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (front, back, alpha) => [0, 1, 2].map((i) => front[i] * alpha + back[i] * (1 - alpha));
  const light = (rgb) => rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const above = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;
  const chain = (node) => (node ? [node, ...chain(above(node))] : []);
  const ground = (nodes) => nodes.map((node) => colour(getComputedStyle(node).backgroundColor)).reverse()
    .reduce((back, front) => over(front, back, front[3]), [255, 255, 255]);
  const wrong = [];
  const look = (node) => {
    for (const child of node.shadowRoot?.children ?? []) look(child);
    for (const child of node.children) look(child);
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    if (box.width < 2 || box.height < 2 || style.visibility === "hidden" || node.closest("[disabled], [aria-hidden=true], svg")) return;
    const words = [...node.childNodes].filter((each) => each.nodeType === 3).map((each) => each.textContent.trim()).join(" ").trim();
    if (words && !style.fontFamily.includes("Material")) {
      const nodes = chain(node);
      const back = ground(nodes);
      const shown = nodes.reduce((all, each) => all * getComputedStyle(each).opacity, 1);
      const front = colour(style.color);
      const [dark, bright] = [light(back), light(over(front, back, front[3] * shown))].sort((a, b) => a - b);
      const large = parseFloat(style.fontSize) >= 24;
      if ((bright + 0.05) / (dark + 0.05) < (large ? 3 : 4.5)) wrong.push(`too pale: ${words.slice(0, 60)}`);
    }
    if (node.matches("button, a[href], input, textarea, select, img, [role=button]") && !node.matches("[type=file], [tabindex='-1']")) {
      const spoken = node.cloneNode(true);
      for (const sign of spoken.querySelectorAll("[translate=no], svg")) sign.remove();
      const name = [node.ariaLabel, node.alt, node.title, node.getAttribute("aria-labelledby"), ...[...(node.labels ?? [])].map((label) => label.textContent), spoken.textContent];
      if (!name.some((each) => each?.trim())) wrong.push(`no name: ${node.outerHTML.slice(0, 120)}`);
    }
  };
  look(document.body);
  return wrong;
}
