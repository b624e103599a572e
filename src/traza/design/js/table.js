// Tables whose columns sort: table[data-sortable]. A cell's data-v stands for its text where the
// text does not sort; th[data-fixed] does not sort; rows .total stay at the end.
import { make } from "./words.js";

/** Arm every sortable table of the page. */
export function sortTables() {
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    heads.forEach((head, column) => {
      if (head.hasAttribute("data-fixed") || head.querySelector("button, a")) return;
      const button = make("button", { type: "button" }, ...head.childNodes);
      head.replaceChildren(button);
      head.setAttribute("aria-sort", head.getAttribute("aria-sort") || "none");
      button.addEventListener("click", () => {
        // Numbers are asked for from the greatest, names from the first.
        const numeric = head.classList.contains("num");
        const now = head.ariaSort;
        const next =
          now === "none" ? (numeric ? "descending" : "ascending")
          : now === "ascending" ? "descending" : "ascending";
        for (const other of heads) if (other.hasAttribute("aria-sort")) other.ariaSort = "none";
        head.ariaSort = next;
        sort(table.tBodies[0], column, numeric, next === "ascending" ? 1 : -1);
      });
    });
  }
}

function sort(body, column, numeric, sign) {
  const rows = [...body.rows].map((row) => {
    const cell = row.cells[column];
    const text = cell?.dataset.v ?? cell?.textContent.trim() ?? "";
    return { row, text, number: numeric ? toNumber(text) : 0 };
  });
  rows.sort((a, b) => {
    const last = a.row.classList.contains("total") - b.row.classList.contains("total");
    if (last) return last;
    if (!numeric) return sign * a.text.localeCompare(b.text, document.documentElement.lang);
    // What is missing stays at the end, whichever way.
    const missing = Number.isNaN(a.number) - Number.isNaN(b.number);
    return missing || sign * (a.number - b.number) || 0;
  });
  body.append(...rows.map(({ row }) => row));
}

function toNumber(text) {
  const plain = text.replace(/[−–]/g, "-").replace(/[^\d.-]/g, "");
  return plain ? Number.parseFloat(plain) : Number.NaN;
}
