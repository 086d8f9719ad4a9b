// Panels: something to try. They keep nothing and mark nothing.

const PANELS = { steps: stepsPanel, supports: supportsPanel, renderings: renderingsPanel, clocks: clocksPanel };

function panelView(model, el) {
  const spec = model.get("spec");
  const name = `dl-panel-${++count}`;
  const said = h("p", { class: "dl-status", role: "status", "aria-live": "polite" });
  const node = h("section", { class: "dl-card", "data-panel": spec.panel, "data-lm-suppress-shortcuts": "true", "aria-labelledby": `${name}-prompt` },
    h("p", { class: "dl-prompt", id: `${name}-prompt` }, spec.prompt),
    ...PANELS[spec.kind](spec, name, (words) => (said.textContent = words)), said,
    spec.origin ? h("p", { class: "dl-help" }, spec.origin) : "");
  node.addEventListener("keydown", (event) => event.stopPropagation());
  el.append(node);
}

// Wordings of one sentence: choose one, read what it says and to what it commits.
function stepsPanel(spec, name) {
  const options = spec.step.map((step, i) => ({ id: String(i), text: step.label }));
  const words = h("p", { class: "dl-line dl-stepped", dir: "auto", "aria-live": "polite" });
  const notes = h("dl", { class: "dl-facts" });
  const show = () => {
    const step = spec.step[Number(control.read())];
    words.textContent = step.words;
    notes.replaceChildren(...spec.headings.flatMap((heading, i) => [h("dt", {}, heading), h("dd", {}, step.notes[i])]));
  };
  const control = radios(name, options, show);
  control.write("0");
  show();
  return [h("fieldset", { class: "dl-row" }, h("legend", { class: "dl-label" }, "Wording"), control.node), h("blockquote", { class: "dl-passage" }, words), notes];
}

// Supports with a box each; a claim stands while one of its sets of supports is whole.
function supportsPanel(spec, name, say) {
  const boxes = spec.supports.map((support) => h("input", { type: "checkbox", id: `${name}-${support.id}`, checked: true, onchange: () => show(true) }));
  boxes.forEach((box) => (box.checked = true));
  const labels = spec.supports.map((support, i) => h("label", { class: "dl-choice", for: boxes[i].id }, boxes[i], h("span", {}, support.text)));
  const claims = spec.claim.map((claim) => {
    const sign = h("span", { class: "dl-head" });
    const why = h("span", { class: "dl-reason" });
    return { claim, sign, why, node: h("li", { class: "dl-note dl-claim" }, sign, h("span", { class: "dl-reason" }, at(claim.at), claim.text), why) };
  });
  const show = (tell) => {
    const there = new Set(spec.supports.filter((_, i) => boxes[i].checked).map((support) => support.id));
    let standing = 0;
    claims.forEach(({ claim, sign, why, node }) => {
      const stands = claim.needs.some((group) => group.every((need) => there.has(need)));
      standing += stands;
      sign.textContent = stands ? "✓ stands" : "✗ falls";
      why.textContent = stands ? "" : claim.why;
      node.className = `dl-note dl-claim ${stands ? "dl-right" : "dl-not"}`;
    });
    if (tell) say(`${standing} of ${claims.length} claims still stand.`);
  };
  show(false);
  return [h("fieldset", { class: "dl-row" }, h("legend", { class: "dl-label" }, "What the claims rest on; untick one"), h("div", { class: "dl-choices dl-down" }, ...labels)),
    h("ul", { class: "dl-notes", "aria-label": "Claims" }, ...claims.map(({ node }) => node))];
}

// Two renderings beside each other, part by part.
function renderingsPanel(spec, name, say) {
  const options = spec.rendering.map((version, i) => ({ id: String(i), text: version.who }));
  const select = (which, first) => {
    const box = h("select", { id: `${name}-${which}`, onchange: () => show(true) }, ...options.map((option) => h("option", { value: option.id }, option.text)));
    box.value = String(first);
    return box;
  };
  const [one, two] = [select("one", 0), select("two", 1)];
  const body = h("tbody");
  const heads = [h("th", { scope: "col" }), h("th", { scope: "col" })];
  const show = (tell) => {
    const [a, b] = [spec.rendering[Number(one.value)], spec.rendering[Number(two.value)]];
    [a, b].forEach((version, i) => (heads[i].textContent = version.who));
    const kinds = a.parts.map((part, i) => compared(part, b.parts[i]));
    body.replaceChildren(...a.parts.map((part, i) => [part, b.parts[i], kinds[i]]).filter(([x, y]) => x || y).map(([x, y, [sign, word]]) =>
      h("tr", { class: `dl-${word}` }, h("td", { "data-column": a.who, dir: "auto", class: "dl-line" }, x || "–"), h("td", { "data-column": b.who, dir: "auto", class: "dl-line" }, y || "–"),
        h("th", { scope: "row", "data-column": "compared" }, `${sign} ${word}`))));
    if (tell) say(`${kinds.filter(([, word]) => word !== "same" && word !== "neither").length} of ${kinds.length} parts differ.`);
  };
  show(false);
  return [h("div", { class: "dl-row dl-numbers" },
      h("span", { class: "dl-number" }, h("label", { class: "dl-label", for: one.id }, "Compare"), one),
      h("span", { class: "dl-number" }, h("label", { class: "dl-label", for: two.id }, "with"), two)),
    h("table", { class: "dl-grid" }, h("thead", {}, h("tr", {}, ...heads, h("th", { scope: "col" }, "compared"))), body)];
}

function compared(a, b) {
  if (!a && !b) return ["", "neither"];
  if (!a) return ["+", "added"];
  if (!b) return ["−", "dropped"];
  return a === b ? ["=", "same"] : ["≠", "changed"];
}

// Three lanes of time and a choice of clocks. The moments stay where they are; what moves is midnight, and with it the name of the day.
const LANES = { event: "what happened", report: "the state's report", publication: "the page you read" };

function clocksPanel(spec, name, say) {
  const left = 110, wide = 470, lane = 46, top = 34;
  const lanes = Object.keys(LANES);
  const x = (hours) => left + (hours / spec.length) * wide;
  const picture = h("div", { class: "dl-picture" });
  const body = h("tbody");
  const head = h("th", { scope: "col" });
  const draw = (tell) => {
    const place = Number(control.read());
    const here = spec.places[place].text;
    const svg = svgNode("svg", { viewBox: `0 0 600 ${top + lane * lanes.length + 10}`, role: "img", "aria-label": `Timeline on the clock of ${here}. The table below says the same.` });
    spec.days[place].forEach(([hours, day]) => {
      svg.append(svgNode("line", { x1: x(hours), x2: x(hours), y1: 22, y2: top + lane * lanes.length, class: "dl-midnight" }));
      svg.append(svgNode("text", { x: x(hours) + 3, y: 16, class: "dl-name dl-fine" }, day));
    });
    lanes.forEach((key, i) => {
      const y = top + lane * i + lane / 2;
      svg.append(svgNode("text", { x: 0, y: y + 4, class: "dl-name dl-fine" }, LANES[key]), svgNode("line", { x1: left, x2: left + wide, y1: y, y2: y, class: "dl-lane" }));
    });
    spec.happening.forEach((one, i) => {
      if (!spec.hours[i]) return;
      const [from, to] = spec.hours[i];
      const crowd = spec.happening.slice(0, i).filter((other, j) => other.lane === one.lane && spec.hours[j] && Math.abs(x(spec.hours[j][0]) - x(from)) < 18).length;
      const y = top + lane * lanes.indexOf(one.lane) + lane / 2 + (crowd % 2 ? 12 : crowd ? -12 : 0); // moments of one hour stand above each other
      const bar = x(to) - x(from) > 12;
      svg.append(bar ? svgNode("rect", { x: x(from), y: y - 11, width: x(to) - x(from), height: 22, class: "dl-box" }) : svgNode("circle", { cx: x(from), cy: y, r: 8, class: "dl-bar" }));
      svg.append(svgNode("text", { x: bar ? (x(from) + x(to)) / 2 : x(from), y: y + 4, "text-anchor": "middle", class: bar ? "dl-name dl-fine" : "dl-fine dl-inverse" }, String(i + 1)));
    });
    picture.replaceChildren(svg);
    head.textContent = here;
    body.replaceChildren(...spec.happening.map((one, i) => h("tr", {}, h("th", { scope: "row" }, `${i + 1} ${one.text}`), h("td", { "data-column": "clock" }, LANES[one.lane]),
      h("td", { "data-column": here }, spec.read[place][i]), h("td", { "data-column": "how we know" }, one.why))));
    if (tell) say(`Now on the clock of ${here}.`);
  };
  const control = radios(name, spec.places.map((place, i) => ({ id: String(i), text: place.text })), () => draw(true));
  control.write("0");
  draw(false);
  return [h("fieldset", { class: "dl-row" }, h("legend", { class: "dl-label" }, "Clock"), control.node), picture,
    h("table", { class: "dl-grid" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "what"), h("th", { scope: "col" }, "clock"), head, h("th", { scope: "col" }, "how we know"))), body)];
}
