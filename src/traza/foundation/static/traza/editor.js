// Wagtail draws some fields without a name: whoever does not see them is told their label.
const NAMELESS = ".public-DraftEditor-content:not([aria-label]), .tagit-new input:not([aria-label])";
const nameFields = () => {
  for (const field of document.querySelectorAll(NAMELESS)) {
    const label = field.closest(".w-field__wrapper, li")?.querySelector("label");
    field.setAttribute("aria-label", label?.textContent.replace("*", "").trim() || "Texto");
  }
};
nameFields();
new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
