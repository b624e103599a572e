// Reading a chart with the pointer, a finger or the arrow keys. All it shows is already in the
// drawing or its table: the data attributes are described in charts/README.md.
import { make, say } from "./words.js";

/** Arm every chart of the page. */
export function readCharts() {
  for (const svg of document.querySelectorAll(".c-figure > svg[data-chart]")) {
    const columns = svg.dataset.chart === "line" || svg.dataset.chart === "slope";
    const stops = svg.querySelector(".c-series[data-x]")
      ? columns ? columnStops(svg) : pointStops(svg)
      : itemStops(svg);
    if (stops.length) arm(svg, stops);
  }
}

function seriesOf(svg) {
  return [...svg.querySelectorAll(".c-series[data-x]")].map((group) => {
    const { key, label, x, y, v, t } = group.dataset;
    return {
      key, label,
      me: group.classList.contains("c-focus"),
      xs: x.split(",").map(Number),
      ys: y.split(",").map((one) => (one === "" ? null : Number(one))),
      texts: v.split("|"),
      times: (t ?? svg.dataset.t ?? "").split("|"),
    };
  });
}

// Lines: a stop is a period, with what every line says there, the highest first.
function columnStops(svg) {
  const stops = new Map();
  for (const one of seriesOf(svg)) {
    one.xs.forEach((x, i) => {
      const at = stops.get(one.times[i]) ?? { x, y: null, title: one.times[i], rows: [] };
      at.rows.push({ ...one, y: one.ys[i], text: one.texts[i] });
      stops.set(one.times[i], at);
    });
  }
  const high = (row) => row.y ?? Infinity;
  for (const stop of stops.values()) stop.rows.sort((a, b) => high(a) - high(b));
  return [...stops.values()].sort((a, b) => a.x - b.x);
}

// Small panels: a stop is one point.
function pointStops(svg) {
  return seriesOf(svg).flatMap((one) =>
    one.xs.flatMap((x, i) =>
      one.ys[i] === null
        ? []
        : { x, y: one.ys[i], key: one.key, title: one.label,
            rows: [{ label: one.times[i], text: one.texts[i], me: one.me }] },
    ),
  );
}

// Bars, dots, areas: a stop is the mark itself.
function itemStops(svg) {
  return [...svg.querySelectorAll(".c-item[data-v]")].map((mark) => {
    const { key, label, v, t } = mark.dataset;
    const row = { label: t ?? "", text: v, me: mark.classList.contains("c-focus") };
    return { mark, key, title: label ?? "", rows: [row] };
  });
}

function arm(svg, stops) {
  const figure = svg.parentElement;
  const tip = make("div", { class: "c-tip", "aria-hidden": "true" });
  const spoken = make("span", { class: "visually-hidden", role: "status" });
  tip.hidden = true;
  figure.append(tip, spoken);
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-roledescription", say("gráfica, leer con las flechas", "chart, read with the arrow keys"));
  const cursor = document.createElementNS("http://www.w3.org/2000/svg", "path");
  cursor.setAttribute("class", "c-cursor");
  svg.append(cursor);
  let at = -1;
  let chosen = null; // the key of the series the reader follows

  function place(stop) {
    if (!stop.mark) return stop;
    const box = stop.mark.getBBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  function show(index, { key = null, speak = false } = {}) {
    at = index;
    const stop = stops[index];
    chosen = key ?? stop.key ?? null;
    tip.replaceChildren(
      make("b", {}, stop.title),
      ...stop.rows.map((row) => {
        const classes = [row.me && "me", row.key && row.key === chosen && "on"];
        const line = make("span", { class: classes.filter(Boolean).join(" ") });
        if (row.label) line.append(make("i", {}, row.label), " ");
        line.append(row.text);
        return line;
      }),
    );
    const { x, y } = place(stop);
    const [, , width] = viewBox(svg);
    const scale = svg.clientWidth / width;
    const [, top, , bottom] = (svg.dataset.plot ?? "").split(" ").map(Number);
    const column = stop.y === null && Number.isFinite(bottom);
    cursor.setAttribute("d", column ? `M${x} ${top}V${bottom}` : "");
    tip.hidden = false;
    const left = x * scale;
    const room = tip.offsetWidth + 14;
    const flip = left + room > figure.clientWidth;
    tip.style.left = `${Math.max(0, flip ? left - room : left + 14)}px`;
    const down = (column ? top : y) * scale + (column ? 0 : 12);
    tip.style.top = `${svg.offsetTop + Math.max(0, down)}px`;
    mark(chosen ?? null, stop);
    if (speak) spoken.textContent = words(stop);
  }

  function words(stop) {
    const rows = chosen ? stop.rows.filter((row) => !row.key || row.key === chosen) : stop.rows;
    return [stop.title, ...rows.map((row) => `${row.label} ${row.text}`.trim())].join(", ");
  }

  function mark(key, stop) {
    const dim = key && !stop.mark;
    for (const part of svg.querySelectorAll(".c-series, .c-label")) {
      part.classList.toggle("c-dim", Boolean(dim && part.dataset.key !== key));
    }
    for (const one of svg.querySelectorAll(".c-on")) one.classList.remove("c-on");
    stop.mark?.classList.add("c-on");
  }

  function leave() {
    at = -1;
    chosen = null;
    tip.hidden = true;
    cursor.setAttribute("d", "");
    for (const part of svg.querySelectorAll(".c-dim, .c-on")) part.classList.remove("c-dim", "c-on");
  }

  svg.addEventListener("pointermove", (event) => {
    const found = nearest(svg, stops, event);
    found ? show(found.index, found) : leave();
  });
  svg.addEventListener("pointerleave", leave);
  svg.addEventListener("blur", leave);
  svg.addEventListener("keydown", (event) => {
    const last = stops.length - 1;
    const key = event.key;
    if (key === "ArrowRight") show(Math.min(at + 1, last), { key: chosen, speak: true });
    else if (key === "ArrowLeft") show(at < 0 ? last : Math.max(at - 1, 0), { key: chosen, speak: true });
    else if (key === "Home") show(0, { key: chosen, speak: true });
    else if (key === "End") show(last, { key: chosen, speak: true });
    else if (key === "ArrowUp" || key === "ArrowDown") follow(key === "ArrowDown" ? 1 : -1);
    else if (key === "Escape" && at >= 0) leave();
    else return;
    event.preventDefault();
  });

  // Up and down choose which line is followed; without lines they move like left and right.
  function follow(step) {
    const stop = stops[at < 0 ? stops.length - 1 : at];
    const keys = stop.rows.map((row) => row.key).filter(Boolean);
    const index = at < 0 ? stops.length - 1 : at;
    if (!keys.length) return show(clamp(index + step, stops.length), { speak: true });
    const next = clamp(keys.indexOf(chosen) + step, keys.length);
    show(index, { key: keys[next], speak: true });
  }
}

function clamp(index, count) {
  return Math.max(0, Math.min(index, count - 1));
}

function viewBox(svg) {
  return svg.getAttribute("viewBox").split(" ").map(Number);
}

// The stop under the pointer: the mark itself, else the nearest period or point.
function nearest(svg, stops, event) {
  if (stops[0].mark) {
    const mark = event.target.closest(".c-item");
    const index = stops.findIndex((stop) => stop.mark === mark);
    return index < 0 ? null : { index };
  }
  const box = svg.getBoundingClientRect();
  const scale = viewBox(svg)[2] / box.width;
  const x = (event.clientX - box.left) * scale;
  const y = (event.clientY - box.top) * scale;
  const far = (stop) => Math.abs(stop.x - x) + (stop.y === null ? 0 : Math.abs(stop.y - y));
  let index = 0;
  stops.forEach((stop, i) => {
    if (far(stop) < far(stops[index])) index = i;
  });
  const rows = stops[index].rows.filter((row) => row.key && row.y !== null);
  const close = rows.reduce((a, b) => (!a || Math.abs(b.y - y) < Math.abs(a.y - y) ? b : a), null);
  return { index, key: close && Math.abs(close.y - y) < 24 ? close.key : null };
}
