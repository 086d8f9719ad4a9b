// What readers take a phrase to mean: a histogram, the bands of the yardsticks below it, and the learner's own number or range.

import { h, svgNode } from "./basics.js";

const HISTOGRAM = { left: 96, wide: 470, tall: 130, foot: 164 };

/** @param {Readers} readers */
export function readersNode(readers) {
  const { phrase, counts, bands } = readers;
  const all = counts.reduce((sum, count) => sum + count, 0);
  const each = 100 / counts.length;
  /** @param {number} i */
  const range = (i) => `${i * each} to ${i === counts.length - 1 ? 100 : (i + 1) * each - 1} %`;
  const rows = counts.map((count, i) => h("tr", {}, h("th", { scope: "row" }, range(i)), h("td", {}, String(count))));
  const heads = ["percent", "readers"].map((words) => h("th", { scope: "col" }, words));
  const filled = rows.filter((_, i) => counts[i]);
  const table = h("table", { class: "dl-grid" }, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...filled));
  return h(
    "figure",
    { class: "dl-picture dl-readers" },
    histogram(readers, said(readers, all, range)),
    h(
      "figcaption",
      {},
      `${all} readers of “${phrase}”. Tall bars: many readers. The dashed line is you. `,
      bands.length ? "Boxes: what each yardstick lets the phrase mean." : "No yardstick has a band for these words.",
      h("details", {}, h("summary", {}, "The same as a table"), table),
    ),
  );
}

/** The picture in words. @param {Readers} readers @param {number} all @param {(i: number) => string} range */
function said({ phrase, counts, bands, mine }, all, range) {
  const most = Math.max(...counts);
  const yours = mine.length > 1 ? `your range is ${mine[0]} to ${mine[1]} %` : `your number is ${mine[0]} %`;
  const yardsticks = bands.length
    ? `Bands: ${bands.map(([who, low, high]) => `${who} ${low} to ${high} %`).join(", ")}.`
    : "No yardstick has a band for these words.";
  return `Histogram of ${all} readers of “${phrase}”: most of them, ${most}, lie from ${range(counts.indexOf(most))}; ${yours}. ${yardsticks}`;
}

/** @param {Readers} readers @param {string} label */
function histogram({ counts, bands, mine }, label) {
  const { left, wide, tall, foot } = HISTOGRAM;
  const x = (/** @type {number} */ percent) => left + (percent / 100) * wide;
  const most = Math.max(...counts);
  const each = 100 / counts.length;
  const svg = svgNode("svg", { viewBox: `0 0 600 ${foot + 24 * bands.length + 8}`, role: "img", "aria-label": label });
  const text = (/** @type {string} */ words, /** @type {number} */ at, /** @type {number} */ y, anchor = "middle") =>
    svg.append(svgNode("text", { x: at, y, "text-anchor": anchor, class: "dl-name" }, words));
  const box = (/** @type {Record<string, string | number>} */ attributes) => svg.append(svgNode("rect", attributes));
  if (mine.length > 1) box({ x: x(mine[0]), y: 6, width: Math.max(2, x(mine[1]) - x(mine[0])), height: tall - 6, class: "dl-mine" });
  for (const [i, count] of counts.entries()) {
    const height = (count / most) * (tall - 22);
    box({ x: x(i * each) + 1, y: tall - height, width: wide / counts.length - 2, height, class: "dl-bar" });
  }
  for (const number of mine) svg.append(svgNode("line", { x1: x(number), x2: x(number), y1: 6, y2: tall, class: "dl-you" }));
  svg.append(svgNode("line", { x1: left, x2: left + wide, y1: tall, y2: tall, class: "dl-edge" }));
  for (const percent of [0, 20, 40, 60, 80, 100]) text(`${percent} %`, x(percent), tall + 18);
  for (const [i, [who, low, high]] of bands.entries()) {
    const y = foot + 24 * i;
    text(who, left - 8, y + 12, "end");
    box({ x: x(low), y, width: Math.max(3, x(high) - x(low)), height: 15, class: "dl-box" });
    if (high - low > 12) text(`${low}–${high}`, x((low + high) / 2), y + 12);
  }
  return svg;
}
