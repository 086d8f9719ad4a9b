// The workbench: a text on one side, its tools as tabs on the other; narrow, they stand below each other.

function workbenchView(model, el) {
  const spec = model.get("spec");
  const name = `dl-bench-${++count}`;
  const lines = spec.passage.map((line) => ({ line, node: h("p", { class: `dl-line ${line.at.startsWith("H") ? "dl-heading" : ""}`, dir: "auto" }) }));
  const notes = h("ul", { class: "dl-marks", "aria-label": "Marks" });
  const plain = () => lines.forEach(({ line, node }) => node.replaceChildren(at(line.at), line.words));
  plain();

  // Marks that are open, one layer at a time; each says why it is there.
  const show = (layer) => {
    const marks = spec.layers.find((one) => one.name === layer)?.marks ?? [];
    lines.forEach(({ line, node }) => node.replaceChildren(at(line.at), ...marked(line.words, marks.filter((mark) => mark.at === line.at))));
    notes.replaceChildren(...marks.map((mark) => h("li", {}, at(mark.at), h("q", { dir: "auto" }, mark.words), ` ${mark.label}${mark.note ? `: ${mark.note}` : ""}`)));
  };
  const layers = spec.layers.length
    ? h("p", { class: "dl-number" }, h("label", { class: "dl-label", for: `${name}-layer` }, "Show marks"),
        menu(spec.layers.map((layer) => ({ id: layer.name, text: `${layer.name} (${layer.marks.length})` })), { id: `${name}-layer`, onchange: (event) => show(event.target.value) }, "none"))
    : "";

  const panels = spec.tools.map((tool, i) => h("div", { role: "tabpanel", id: `${name}-panel-${i}`, "aria-labelledby": `${name}-tab-${i}`, hidden: i > 0, tabindex: "-1" }));
  const tabs = spec.tools.map((tool, i) => h("button", { type: "button", role: "tab", id: `${name}-tab-${i}`, class: "dl-button dl-tab", "aria-controls": `${name}-panel-${i}`, "aria-selected": String(i === 0), tabindex: i ? "-1" : "0", onclick: () => choose(i) }, tool.title));
  function choose(chosen, focus) {
    tabs.forEach((tab, i) => { tab.setAttribute("aria-selected", String(i === chosen)); tab.tabIndex = i === chosen ? 0 : -1; panels[i].hidden = i !== chosen; });
    node.classList.toggle("dl-whole", spec.tools[chosen].whole); // the text is in the tool itself
    if (focus) tabs[chosen].focus();
  }
  const bar = h("div", { role: "tablist", class: "dl-tabs", "aria-label": "Tools", onkeydown: (event) => {
    const here = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose((to + tabs.length) % tabs.length, true);
  } }, ...tabs);

  const ended = [];
  spec.tools.forEach(async (tool, i) => {
    const card = await model.widget_manager.get_model(tool.model);
    ended.push(render({ model: card, el: panels[i] }));
  });
  const node = h("section", { class: "dl-card dl-bench", "data-workbench": spec.workbench, "data-lm-suppress-shortcuts": "true", "aria-label": `Workbench: ${spec.title}` },
    h("div", { class: "dl-text", tabindex: "0", role: "region", "aria-label": spec.title }, ...lines.map(({ node: line }) => line), layers, notes), h("div", { class: "dl-tools" }, bar, ...panels));
  node.addEventListener("keydown", (event) => event.stopPropagation());
  choose(0);
  el.append(node);
  return () => ended.forEach((end) => end?.());
}

// A sentence with some of its words marked. Offsets count code points, so the words are taken apart as such.
function marked(words, marks) {
  const letters = [...words];
  const parts = [];
  let from = 0;
  [...marks].sort((a, b) => a.start - b.start).forEach((mark) => {
    if (mark.start < from) return; // of two marks that overlap the first is drawn; the list below has both
    parts.push(letters.slice(from, mark.start).join(""), h("mark", { class: "dl-marked" }, letters.slice(mark.start, mark.end).join("")));
    from = mark.end;
  });
  return [...parts, letters.slice(from).join("")].filter(Boolean);
}
