// What readers take a phrase to mean: a histogram, the bands of the yardsticks below it, and the learner's own number or range.

function readersNode({ phrase, counts, bands, mine }) {
  const left = 96, wide = 470, tall = 130, foot = tall + 34;
  const x = (percent) => left + (percent / 100) * wide;
  const all = counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(...counts);
  const each = 100 / counts.length;
  const range = (i) => `${i * each} to ${i === counts.length - 1 ? 100 : (i + 1) * each - 1} %`;
  const peak = counts.indexOf(most);
  const yours = mine.length > 1 ? `your range is ${mine[0]} to ${mine[1]} %` : `your number is ${mine[0]} %`;
  const said = `Histogram of ${all} readers of “${phrase}”: most of them, ${most}, lie from ${range(peak)}; ${yours}. ` +
    (bands.length ? `Bands: ${bands.map(([who, low, high]) => `${who} ${low} to ${high} %`).join(", ")}.` : "No yardstick has a band for these words.");
  const height = foot + 24 * bands.length + 8;
  const svg = svgNode("svg", { viewBox: `0 0 600 ${height}`, role: "img", "aria-label": said });
  const text = (words, at, y, anchor = "middle") => svg.append(svgNode("text", { x: at, y, "text-anchor": anchor, class: "dl-name" }, words));
  if (mine.length > 1) svg.append(svgNode("rect", { x: x(mine[0]), y: 6, width: Math.max(2, x(mine[1]) - x(mine[0])), height: tall - 6, class: "dl-mine" }));
  counts.forEach((count, i) => svg.append(svgNode("rect", {
    x: x(i * each) + 1, y: tall - (count / most) * (tall - 22), width: wide / counts.length - 2, height: (count / most) * (tall - 22), class: "dl-bar" })));
  mine.forEach((number) => svg.append(svgNode("line", { x1: x(number), x2: x(number), y1: 6, y2: tall, class: "dl-you" })));
  svg.append(svgNode("line", { x1: left, x2: left + wide, y1: tall, y2: tall, class: "dl-edge" }));
  [0, 20, 40, 60, 80, 100].forEach((percent) => text(`${percent} %`, x(percent), tall + 18));
  bands.forEach(([who, low, high], i) => {
    const y = foot + 24 * i;
    text(who, left - 8, y + 12, "end");
    svg.append(svgNode("rect", { x: x(low), y, width: Math.max(3, x(high) - x(low)), height: 15, class: "dl-box" }));
    if (high - low > 12) text(`${low}–${high}`, x((low + high) / 2), y + 12);
  });
  const rows = counts.map((count, i) => [range(i), count]).filter(([, count]) => count);
  return h("figure", { class: "dl-picture dl-readers" }, svg,
    h("figcaption", {}, `${all} readers of “${phrase}”. Tall bars: many readers. The dashed line is you. `,
      bands.length ? "Boxes: what each yardstick lets the phrase mean." : "No yardstick has a band for these words.",
      h("details", {}, h("summary", {}, "The same as a table"),
        h("table", { class: "dl-grid" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "percent"), h("th", { scope: "col" }, "readers"))),
          h("tbody", {}, ...rows.map(([words, count]) => h("tr", {}, h("th", { scope: "row" }, words), h("td", {}, String(count)))))))));
}
