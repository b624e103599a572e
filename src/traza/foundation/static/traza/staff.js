// Small helps of the import screens; everything works without them.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector('input[type="file"]');
  const over = (on) => (event) => {
    event.preventDefault();
    zone.toggleAttribute("data-over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}
for (const form of document.querySelectorAll(".tz form[method=post]")) {
  form.addEventListener("submit", () => {
    // A second click must not send twice; the server would refuse it with a message anyway.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button")) button.disabled = true;
    });
    if (form.dataset.working) {
      // What takes long says that it is at it, until the answer comes.
      const told = document.createElement("p");
      told.setAttribute("role", "status");
      form.append(told);
      told.textContent = form.dataset.working;
    }
  });
}
const waiting = document.querySelector("[data-reload]");
if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.reload));
