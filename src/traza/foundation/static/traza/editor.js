// Wagtail draws some fields without a name: whoever does not see them is told their label.
const NAMELESS = [".public-DraftEditor-content", ".tagit-new input", "#fileupload"]
  .map((which) => `${which}:not([aria-label])`)
  .join(", ");
const nameFields = () => {
  for (const field of document.querySelectorAll(NAMELESS)) {
    const label = field.closest(".w-field__wrapper, li")?.querySelector("label");
    const none = field.type === "file" ? "Archivos" : "Texto";
    field.setAttribute("aria-label", label?.textContent.replace("*", "").trim() || none);
  }
};
nameFields();
new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
