// Who got it from whom: steps as rows of two menus, and a picture of the chain that follows them.

function chain(spec, name, changed) {
  let steps = [];
  let number = 0;
  const rows = h("div", { class: "dl-steps" });
  const picture = h("div", { class: "dl-picture" });

  function step(value = { from: "", to: "", inferred: false }) {
    const id = `${name}-${++number}`;
    const touch = () => { draw(); changed(); };
    const to = menu(spec.items, { id: `${id}-to`, onchange: touch });
    const from = menu(spec.items, { id: `${id}-from`, onchange: touch });
    const inferred = h("input", { type: "checkbox", id: `${id}-inferred`, onchange: touch });
    to.value = value.to; from.value = value.from; inferred.checked = value.inferred;
    const made = { read: () => ({ from: from.value, to: to.value, inferred: inferred.checked }) };
    made.node = h("fieldset", { class: "dl-step" }, h("legend", { class: "dl-label" }, "A step"),
      h("span", { class: "dl-number" }, h("label", { for: to.id }, "Who"), to),
      h("span", { class: "dl-number" }, h("label", { for: from.id }, "got it from"), from),
      h("label", { class: "dl-choice", for: inferred.id }, inferred, h("span", {}, "inferred, not shown")),
      button("Remove", () => { steps = steps.filter((other) => other !== made); place(); add.focus(); changed(); }, { "aria-label": "Remove this step" }));
    return made;
  }

  const add = button("Add a step", () => { steps.push(step()); place(); steps.at(-1).node.querySelector("select").focus(); });
  const whole = () => steps.map((one) => one.read()).filter(({ from, to }) => from && to);
  const place = () => { rows.replaceChildren(...steps.map((one) => one.node)); draw(); };
  const draw = () => picture.replaceChildren(chainPicture(spec.items, whole()));

  place();
  return {
    node: h("div", { class: "dl-row" }, rows, add, picture),
    read: () => (whole().length ? whole() : null),
    write: (value) => { steps = (Array.isArray(value) ? value : []).map(step); if (!steps.length) steps = [step()]; place(); },
  };
}

// Layers by the longest way from a source; a dashed line is an inferred step. The text beside it says the same.
function chainPicture(items, steps) {
  const layer = Object.fromEntries(items.map((item) => [item.id, 0]));
  for (let round = 0; round < items.length; round++) {
    steps.forEach(({ from, to }) => { if (from !== to) layer[to] = Math.min(items.length, Math.max(layer[to], layer[from] + 1)); });
  }
  const used = items.filter((item) => steps.some(({ from, to }) => from === item.id || to === item.id));
  if (!used.length) return h("p", { class: "dl-quiet" }, "A picture of the chain appears here.");
  const columns = [...new Set(used.map((item) => layer[item.id]))].sort((a, b) => a - b);
  const place = {};
  columns.forEach((column, y) => used.filter((item) => layer[item.id] === column).forEach((item, x, all) => {
    place[item.id] = { x: (600 * (x + 0.5)) / all.length, y: 26 + 62 * y, width: Math.min(280, 580 / all.length) };
  }));
  const words = steps.map(({ from, to, inferred }) => `${nameOf(items, to)} got it from ${nameOf(items, from)}${inferred ? " (inferred)" : ""}`).join("; ");
  const svg = svgNode("svg", { viewBox: `0 0 600 ${52 + 62 * (columns.length - 1)}`, role: "img", "aria-label": words });
  steps.forEach(({ from, to, inferred }) => {
    const [a, b] = [place[from], place[to]];
    svg.append(svgNode("line", { x1: a.x, y1: a.y + 17, x2: b.x, y2: b.y - 19, class: "dl-edge", "stroke-dasharray": inferred ? "5 5" : "none" }));
    svg.append(svgNode("circle", { cx: b.x, cy: b.y - 19, r: 4, class: "dl-tip" }));
  });
  used.forEach((item) => {
    const { x, y, width } = place[item.id];
    const short = item.text.length > width / 7.5 ? `${item.text.slice(0, Math.floor(width / 7.5) - 1)}…` : item.text;
    svg.append(svgNode("rect", { x: x - width / 2, y: y - 17, width, height: 34, class: "dl-box" }), svgNode("text", { x, y: y + 5, "text-anchor": "middle", class: "dl-name" }, short));
  });
  return svg;
}

const nameOf = (items, id) => items.find((item) => item.id === id).text;

function svgNode(tag, attributes, words = "") {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(words);
  return node;
}
