// Dialogs, the reveal of a masked value, and files dropped on a page.
(() => {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-closes]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      event.preventDefault(); // the browser's own command would open it twice
      if (!dialog.open) dialog.showModal();
    } else if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    } else if (event.target.matches("dialog[open]")) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });

  // One dialog asks for the reason of whichever value is meant; the answer stands in the value's place.
  const dialog = document.getElementById("reveal");
  let asked = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reveal]");
    if (!button || !dialog) return;
    asked = button;
    const form = dialog.querySelector("form");
    form.reset();
    form.action = button.dataset.reveal;
    form.querySelector(".error").hidden = true;
    dialog.showModal();
  });
  if (dialog) dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const token = document.querySelector("meta[name=csrf-token]").content;
    let told = {};
    let answer = null;
    try {
      answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json", "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" },
      });
      told = await answer.json();
    } catch { /* said below */ }
    if (!answer || !answer.ok || told.value === undefined) {
      const error = form.querySelector(".error");
      error.textContent = told.error || told.message || form.dataset.failed;
      error.hidden = false;
      return;
    }
    dialog.close();
    const before = asked.previousElementSibling;
    const place = before && before.matches(".masked") ? before : asked;
    const value = document.createElement("span");
    value.className = "masked";
    value.tabIndex = -1;
    value.textContent = told.value;
    if (place !== asked) place.remove();
    asked.replaceWith(value);
    value.focus();
  });

  // Files dropped on a drop area, or on the paper they belong to, are sent at once.
  const send = (form, files) => {
    const input = form.querySelector("input[type=file]");
    if (files) input.files = files;
    if (input.files.length) form.requestSubmit();
  };
  document.querySelectorAll("[data-drop] input[type=file]").forEach((input) =>
    input.addEventListener("change", () => send(input.form)));
  const target = (event) => event.target.closest && event.target.closest("[data-drop], [data-drop-here], label.drop");
  document.addEventListener("dragover", (event) => {
    document.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
    const place = target(event);
    if (!place) return;
    event.preventDefault();
    place.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => { const place = target(event); if (place) place.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    const place = target(event);
    if (!place || !event.dataTransfer.files.length) return;
    event.preventDefault();
    place.classList.remove("over");
    const form = place.matches("[data-drop]") ? place : place.querySelector("[data-drop]");
    if (form) return send(form, event.dataTransfer.files);
    const input = place.control || place.querySelector("input[type=file]") || document.getElementById(place.htmlFor);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
