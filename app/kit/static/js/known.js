// What follows from a choice (whose telephone, which tenant) is filled into fields that are still empty.
(() => {
  document.querySelectorAll("form[data-known]").forEach((form) => {
    const filled = new Map();
    const put = (name, [value, words]) => {
      const field = form.elements[name];
      if (!field || (field.value && field.value !== filled.get(name))) return;
      if (field.matches("select") && ![...field.options].some((one) => one.value === String(value))) field.append(new Option(words, value));
      field.value = value;
      filled.set(name, String(value));
      field.dispatchEvent(new Event("settle"));
    };
    form.addEventListener("change", async (event) => {
      if (!event.target.matches("select[data-remote]") || !event.target.value) return;
      const address = new URL(form.dataset.known, location.href);
      form.querySelectorAll("select[data-remote]").forEach((one) => { if (one.value && !filled.has(one.name)) address.searchParams.set(one.name, one.value); });
      const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!answer || !answer.ok) return;
      Object.entries(await answer.json()).forEach((pair) => put(...pair));
    });
  });
})();
