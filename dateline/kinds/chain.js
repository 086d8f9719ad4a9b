// Who got it from whom: steps as rows of two menus, and a picture of the chain that follows them.

import { button, CONTROLS, fresh, h, menu, svgNode, wholeChoice } from "../cards/basics.js";
import { withNamed } from "../cards/choices.js";

/** @param {ChainSpec} spec @param {string} _name @param {Changed} changed @returns {Control} */
export function chain(spec, _name, changed) {
  /** @type {ReturnType<typeof stepRow>[]} */
  let steps = [];
  let items = spec.items;
  const rows = h("div", { class: "dl-steps" });
  const picture = h("div", { class: "dl-picture" });
  const touch = () => {
    draw();
    changed();
  };
  /** @param {Step} value */
  const step = (value = { from: "", to: "", inferred: false }) => {
    const made = stepRow(offered([value]), value, touch, () => {
      steps = steps.filter((other) => other !== made);
      place();
      add.focus();
      changed();
    });
    return made;
  };
  const add = button("Add a step", () => {
    const made = step();
    steps.push(made);
    place();
    made.first.focus();
  });
  /** @param {Step[]} of */
  const offered = (of) =>
    spec.from_marks
      ? withNamed(
          items,
          of.flatMap(({ from, to }) => [to, from]),
        )
      : items;
  const whole = () => steps.map((one) => one.read()).filter(({ from, to }) => from && to);
  const place = () => {
    rows.replaceChildren(...steps.map((one) => one.node));
    draw();
  };
  const draw = () => picture.replaceChildren(chainPicture(offered(whole()), whole()));

  /** @param {any} value */
  function write(value) {
    steps = Array.isArray(value) && (value.length || spec.from_marks) ? value.map((one) => step(one)) : [step()];
    place();
  }

  place();
  return {
    node: h("div", { class: "dl-row" }, spec.from_marks && picture, rows, add, !spec.from_marks && picture),
    read: () => (whole().length || (spec.from_marks && !steps.length) ? whole() : null),
    write,
    offer: (now) => {
      items = now;
      write(steps.map((one) => one.read()));
    },
    spot: (item) => {
      const step = steps.find((one) => `${one.read().from}>${one.read().to}` === item);
      return step && { into: step.node, group: step.node };
    },
  };
}

/** @param {Item[]} items @param {Step} value @param {() => void} touch @param {() => void} remove */
function stepRow(items, value, touch, remove) {
  const id = fresh("step");
  const to = menu(items, { id: `${id}-to`, onchange: touch });
  const from = menu(items, { id: `${id}-from`, onchange: touch });
  const inferred = h("input", { type: "checkbox", id: `${id}-inferred`, onchange: touch });
  to.value = value.to;
  from.value = value.from;
  inferred.checked = value.inferred;
  return {
    first: to,
    read: () => ({ from: from.value, to: to.value, inferred: inferred.checked }),
    node: h(
      "fieldset",
      { class: "dl-step" },
      h("legend", { class: "dl-label" }, "A step"),
      h("span", { class: "dl-number" }, h("label", { for: to.id }, "Who"), wholeChoice(to).node),
      h("span", { class: "dl-number" }, h("label", { for: from.id }, "got it from"), wholeChoice(from).node),
      h("label", { class: "dl-choice", for: inferred.id }, inferred, h("span", {}, "inferred, not shown")),
      button("Remove", remove, { "aria-label": "Remove this step" }),
    ),
  };
}

/**
 * Layers by the longest way from a source; a dashed line is an inferred step. The text beside it says the same.
 * @param {Item[]} items @param {Step[]} steps
 */
function chainPicture(items, steps) {
  const layer = layers(items, steps);
  const used = items.filter((item) => steps.some(({ from, to }) => from === item.id || to === item.id));
  if (!used.length) return h("p", { class: "dl-quiet" }, "A picture of the chain appears here.");
  const columns = [...new Set(used.map((item) => layer[item.id]))].sort((a, b) => a - b);
  /** @type {Record<string, { x: number, y: number, width: number }>} */
  const place = {};
  for (const [y, column] of columns.entries()) {
    const level = used.filter((item) => layer[item.id] === column);
    for (const [x, item] of level.entries()) {
      place[item.id] = { x: (600 * (x + 0.5)) / level.length, y: 26 + 62 * y, width: Math.min(280, 580 / level.length) };
    }
  }
  const named = Object.fromEntries(items.map((item) => [item.id, item.text]));
  const words = steps.map(({ from, to, inferred }) => `${named[to]} got it from ${named[from]}${inferred ? " (inferred)" : ""}`).join("; ");
  const svg = svgNode("svg", { viewBox: `0 0 600 ${52 + 62 * (columns.length - 1)}`, role: "img", "aria-label": words });
  for (const { from, to, inferred } of steps) {
    const [a, b] = [place[from], place[to]];
    const ends = { x1: a.x, y1: a.y + 17, x2: b.x, y2: b.y - 19 };
    svg.append(svgNode("line", { ...ends, class: "dl-edge", "stroke-dasharray": inferred ? "5 5" : "none" }));
    svg.append(svgNode("circle", { cx: b.x, cy: b.y - 19, r: 4, class: "dl-tip" }));
  }
  for (const item of used) {
    const { x, y, width } = place[item.id];
    const short = item.text.length > width / 7.5 ? `${item.text.slice(0, Math.floor(width / 7.5) - 1)}…` : item.text;
    svg.append(svgNode("rect", { x: x - width / 2, y: y - 17, width, height: 34, class: "dl-box" }));
    svg.append(svgNode("text", { x, y: y + 5, "text-anchor": "middle", class: "dl-name" }, short));
  }
  return svg;
}

/** How many steps each item is from a source; a circle ends at the number of items. @param {Item[]} items @param {Step[]} steps */
function layers(items, steps) {
  const layer = Object.fromEntries(items.map((item) => [item.id, 0]));
  for (const _ of items) {
    for (const { from, to } of steps) {
      if (from !== to) layer[to] = Math.min(items.length, Math.max(layer[to], layer[from] + 1));
    }
  }
  return layer;
}

CONTROLS.chain = chain;
