// A text field that proposes while one types: the ARIA combobox with a list box.
// The answer of the address is {"groups": [{"label", "items": [{"title", "detail", "kind", …}]}]}.
import { make, say } from "./words.js";

const PAUSE = 120; // milliseconds without a key before asking
let made = 0;

/** Improve `input`; `address(text)` gives where to ask, `choose(item)` is what choosing does. */
export function combobox(input, { address, choose }) {
  const id = `suggest-${++made}`;
  const list = make("div", { id, role: "listbox", class: "suggest", "aria-label": label(input) });
  const status = make("span", { class: "visually-hidden", role: "status" });
  list.hidden = true;
  input.parentElement.append(list, status);
  const set = (name, value) => input.setAttribute(name, value);
  set("role", "combobox");
  set("aria-autocomplete", "list");
  set("aria-controls", id);
  set("aria-expanded", "false");
  let options = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    active = -1;
    set("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(groups) {
    options = [];
    list.replaceChildren(
      ...groups.map((group) => {
        const box = make("div", { role: "group", "aria-label": group.label || label(input) });
        if (group.label) {
          box.append(make("div", { class: "suggest-group", "aria-hidden": "true" }, group.label));
        }
        for (const item of group.items) box.append(option(item));
        return box;
      }),
    );
    const count = options.length;
    status.textContent = count
      ? say(`${count} propuestas`, `${count} suggestions`)
      : say("Sin propuestas", "No suggestions");
    list.hidden = !count;
    active = -1;
    set("aria-expanded", String(count > 0));
    input.removeAttribute("aria-activedescendant");
  }

  function option(item) {
    const node = make("div", { role: "option", id: `${id}-${options.length}` }, item.title);
    node.setAttribute("aria-selected", "false");
    if (item.detail) node.append(" ", make("small", {}, item.detail));
    // The field keeps the focus while the list is pressed.
    node.addEventListener("pointerdown", (event) => event.preventDefault());
    node.addEventListener("click", () => {
      close();
      choose(item);
    });
    options.push({ node, item });
    return node;
  }

  function move(to) {
    if (!options.length) return;
    options[active]?.node.setAttribute("aria-selected", "false");
    active = (to + options.length) % options.length;
    const { node } = options[active];
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
    set("aria-activedescendant", node.id);
  }

  async function ask() {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < 2) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(address(text), { signal: asking.signal });
      if (!answer.ok) return close();
      const { groups } = await answer.json();
      if (document.activeElement === input) show(groups);
    } catch {
      // Without an answer the field stays what it was: the form still sends.
      list.hidden = true;
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown") open ? move(active + 1) : ask();
    else if (event.key === "ArrowUp" && open) move(active < 0 ? -1 : active - 1);
    else if (event.key === "Escape" && open) close();
    else if (event.key === "Enter" && open && active >= 0) options[active].node.click();
    else return;
    event.preventDefault();
  });
}

function label(input) {
  return input.labels?.[0]?.textContent.trim() || say("Propuestas", "Suggestions");
}
