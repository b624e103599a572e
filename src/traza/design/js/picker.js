// Adding a place to a comparison: form[data-picker], whose value is the address to ask, with its
// own parameters. Choosing writes the place's code into the field and sends the form.
import { combobox } from "./combobox.js";

/** Improve every place field of the page. */
export function suggestPlaces() {
  for (const form of document.querySelectorAll("form[data-picker]")) {
    const input = form.querySelector("input:not([type=hidden])");
    if (!input) continue;
    combobox(input, {
      address(text) {
        const url = new URL(form.dataset.picker, location.href);
        url.searchParams.set("q", text);
        return url;
      },
      choose(item) {
        input.value = item.code || item.title;
        form.requestSubmit();
      },
    });
  }
}
