// Forms by keyboard: Enter goes on, Ctrl+Enter saves; nothing typed is lost and nothing is sent twice.
(() => {
  const skipped = ["hidden", "submit", "button", "file", "reset"];
  const stops = (form) => [...form.elements].filter((one) =>
    one.matches("input, select, textarea") && !skipped.includes(one.type) && !one.disabled && !one.readOnly && one.offsetParent !== null);

  document.querySelectorAll("form[data-form]").forEach((form) => {
    let changed = false;
    let leaving = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { leaving = true; });
    if (form.dataset.unsaved) addEventListener("beforeunload", (event) => { if (changed && !leaving) event.preventDefault(); });

    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        form.requestSubmit();
        return;
      }
      if (!event.target.matches("input, select") || skipped.includes(event.target.type) || event.shiftKey) return;
      event.preventDefault();
      const fields = stops(form);
      const next = fields[fields.indexOf(event.target) + 1];
      if (!next) return form.requestSubmit();
      next.focus();
      if (next.matches("input") && next.select) next.select();
    });
  });

  // Ctrl+Enter in a dialog too.
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest && event.target.closest("dialog form");
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });

  // Sent once: the button rests until the answer is there or the page comes back from the cache.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target === "_blank") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    form.querySelectorAll("button[type=submit]").forEach((one) => one.setAttribute("aria-busy", "true"));
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((one) => one.removeAttribute("aria-busy"));
    });
  });

  // A date pasted in any usual spelling.
  document.addEventListener("paste", (event) => {
    if (!event.target.matches || !event.target.matches("input[type=date]")) return;
    const day = event.clipboardData.getData("text").match(/(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/);
    if (!day) return;
    event.preventDefault();
    event.target.value = `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}`;
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Empty search fields do not lengthen the address.
  document.querySelectorAll("[data-filters] form").forEach((form) => form.addEventListener("formdata", (event) => {
    [...event.formData].forEach(([name, value]) => { if (value === "") event.formData.delete(name); });
  }));

  // What is wrong is led to; else the desk types on where something is still missing.
  const summary = document.querySelector("[data-focus]");
  const form = document.querySelector("form[data-form]");
  if (summary) summary.focus();
  else if (form && document.activeElement === document.body && matchMedia("(hover: hover)").matches) {
    const fields = stops(form);
    const first = fields.find((one) => one.required && !one.value) || fields[0];
    if (first) first.focus({ preventScroll: first === fields[0] });
  }
})();
