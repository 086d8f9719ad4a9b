// What the page calls for every card, panel and workbench.

import { actView } from "./act.js";
import { h } from "./basics.js";
import { cardView } from "./card.js";
import { marksView } from "./marks.js";
import { panelView } from "./panels.js";
import { workbenchView } from "./workbench.js";

/** @param {{ model: Model, el: HTMLElement }} context */
export function render({ model, el }) {
  addStyle(model);
  const spec = model.get("spec");
  if (spec.act) return actView(model, el);
  if (spec.panel) return panelView(model, el);
  if (spec.marks) return marksView(model, el);
  if (spec.workbench) return workbenchView(model, el);
  return cardView(model, el);
}

/** @param {Model} model */
async function addStyle(model) {
  if (document.getElementById("dateline-cards")) return;
  const code = await model.widget_manager.get_model(model.get("code"));
  if (!document.getElementById("dateline-cards")) document.head.append(h("style", { id: "dateline-cards" }, code.get("style")));
}
