// Wagtail draws some fields without a name: whoever does not see them is told their label.
const NAMELESS = [".public-DraftEditor-content", ".tagit-new input", "#fileupload"]
  .map((which) => `${which}:not([aria-label])`)
  .join(", ");
// A block that is a single field has its label on its own bar, which nothing ties to the field.
const SINGLE = "[data-streamfield-child] :is(textarea, input[type=text]):not([aria-label])";
const nameFields = () => {
  for (const field of document.querySelectorAll(SINGLE)) {
    if (field.labels.length) continue;
    const bar = field.closest("[data-streamfield-child]").querySelector("[data-panel-heading-text]");
    if (bar?.textContent.trim()) field.setAttribute("aria-label", bar.textContent.trim());
  }
  for (const field of document.querySelectorAll(NAMELESS)) {
    const label = field.closest(".w-field__wrapper, li")?.querySelector("label");
    const none = field.type === "file" ? "Archivos" : "Texto";
    field.setAttribute("aria-label", label?.textContent.replace("*", "").trim() || none);
  }
};
nameFields();
new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
