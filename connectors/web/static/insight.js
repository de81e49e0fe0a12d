// The charts: each is drawn from the table beside it, so that both always say the same.
/* global uPlot */
const HEIGHT = 220;

function read(table) {
  const rows = [...table.tBodies[0].rows];
  const days = rows.map((row) => Date.parse(row.dataset.day) / 1000);
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const column = (at) => rows.map((row) => Number(row.cells[at].textContent.replace(/[^\d.-]/g, "")) || 0);
  return { days, heads, column };
}

function color(name) {
  return getComputedStyle(document.querySelector(".insight")).getPropertyValue(`--${name}`).trim();
}

// Which columns are drawn, the lowest first: a column, and its colour.
const DRAWN = {
  "answered unanswered": [[2, "one"], [3, "two"]],
  mood: [[1, "two"], [2, "three"], [3, "one"]],
  cost: [[1, "one"]],
};

function draw(place) {
  const table = document.getElementById(place.dataset.table);
  const { days, heads, column } = read(table);
  const parts = DRAWN[place.dataset.chart].map(([at, paint]) => ({ label: heads[at], values: column(at), paint }));
  const stacked = parts.map((_, at) => days.map((_, day) => parts.slice(0, at + 1).reduce((sum, part) => sum + part.values[day], 0)));
  const money = place.dataset.chart === "cost";
  const unit = money ? "$" : "";
  const bars = uPlot.paths.bars({ size: [0.75, 40] });
  const series = parts.map((part) => ({
    label: part.label,
    fill: color(part.paint),
    stroke: color(part.paint),
    width: 0,
    paths: bars,
    points: { show: false },
    value: (plot, _, __, day) => (day == null ? "–" : unit + part.values[day].toLocaleString(document.documentElement.lang, { maximumFractionDigits: 4 })),
  }));
  const axis = { stroke: color("muted"), grid: { stroke: color("line"), width: 1 }, ticks: { show: false }, font: "12px system-ui" };
  const options = {
    width: place.clientWidth,
    height: HEIGHT,
    bands: parts.slice(1).map((_, at) => ({ series: [at + 2, at + 1] })),
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: { drag: { x: false, y: false } },
    scales: { x: { range: (_, first, last) => [first - 43200, last + 43200] }, y: { range: (_, __, most) => [0, most * 1.08 || 1] } },
    series: [{ label: table.tHead.rows[0].cells[0].textContent.trim(), value: (_, at) => (at == null ? "–" : new Date(at * 1000).toISOString().slice(5, 10)) }, ...series],
    axes: [
      { ...axis, grid: { show: false }, space: 56, incrs: [1, 2, 3, 7, 14, 28, 56].map((count) => count * 86400), values: (_, at) => at.map((each) => new Date(each * 1000).toISOString().slice(5, 10)) },
      { ...axis, size: money ? 64 : 52, values: (_, at) => at.map((each) => (money ? `$${each}` : Number.isInteger(each) ? each.toLocaleString() : "")) },
    ],
  };
  place.replaceChildren();
  return new uPlot(options, [days, ...stacked], place);
}

function show(place) {
  place.hidden = false;
  let plot = draw(place);
  new ResizeObserver(() => {
    if (place.clientWidth && place.clientWidth !== plot.width) plot.setSize({ width: place.clientWidth, height: HEIGHT });
  }).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    plot.destroy();
    plot = draw(place);
  });
}

for (const place of document.querySelectorAll(".plot")) show(place);
