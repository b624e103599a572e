// Search fields that propose what exists: form[data-search], whose value is the address to ask
// (empty: the form's own address and "sugerencias.json").
import { combobox } from "./combobox.js";

/** Improve every search field of the page. */
export function suggestResults() {
  for (const form of document.querySelectorAll("form[data-search]")) {
    const input = form.querySelector("input[name=q]");
    const base = new URL(form.dataset.search || "sugerencias.json", form.action);
    if (!input) continue;
    combobox(input, {
      address: (text) => `${base.pathname}?q=${encodeURIComponent(text)}`,
      choose: (item) => location.assign(item.url),
    });
  }
}
