// The few words the script itself says, in the page's language.
const english = document.documentElement.lang.startsWith("en");

/** Return the text in the language of the page. */
export function say(spanish, inEnglish) {
  return english ? inEnglish : spanish;
}

/** Make an element: its name, its attributes, its children (elements or text). */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
