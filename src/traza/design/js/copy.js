// Buttons that copy a text: button[data-copy="#id"][data-done], shown only where it can be done.

/** Show and arm the copying buttons of the page. */
export function offerCopies() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.querySelector(button.dataset.copy);
    const words = button.querySelector("span") || button;
    const before = words.textContent;
    if (!source) continue;
    button.hidden = false;
    words.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      words.textContent = button.dataset.done || before;
      setTimeout(() => (words.textContent = before), 2500);
    });
  }
}
