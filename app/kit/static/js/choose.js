// A <select data-remote> becomes a combobox that asks the server, page by page; the <select> keeps the value.
(() => {
  const make = (tag, words = {}) => {
    const one = document.createElement(tag);
    Object.entries(words).forEach((pair) => one.setAttribute(...pair));
    return one;
  };
  const drawing = (path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    Object.entries({ class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }).forEach((pair) => svg.setAttribute(...pair));
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  };

  document.querySelectorAll("select[data-remote]").forEach((select) => {
    const id = select.id;
    const words = select.dataset;
    const needed = select.required;
    const box = make("div", { class: "combo" });
    const input = make("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": `${id}-list`,
    });
    ["aria-describedby", "aria-invalid"].forEach((name) => { if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name)); });
    if (needed) input.required = true;
    const list = make("div", { id: `${id}-list`, class: "combo-list", role: "listbox" });
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    if (label) list.setAttribute("aria-label", label.textContent.replace("*", "").trim());
    list.hidden = true;
    const clear = make("button", { type: "button", class: "combo-clear", "aria-label": words.clear || "", tabindex: "-1" });
    clear.append(drawing("m6 6 12 12M18 6 6 18"));
    const mark = make("span", { class: "combo-open", "aria-hidden": "true" });
    mark.append(drawing("m6 9.5 6 6 6-6"));
    select.id = `${id}-value`;
    select.hidden = true;
    select.required = false;
    select.after(box);
    box.append(input, clear, mark, list);

    let page = 1;
    let more = false;
    let at = -1;
    let asking = null;
    let waiting = 0;
    const chosen = () => select.selectedOptions[0];
    const settle = () => {
      const one = chosen();
      input.value = one && one.value ? one.textContent : "";
      clear.hidden = !input.value || needed;
    };
    const options = () => [...list.querySelectorAll("[role=option]")];
    const mark_at = (index) => {
      at = index;
      options().forEach((one, i) => one.classList.toggle("active", i === index));
      const one = options()[index];
      if (one) { input.setAttribute("aria-activedescendant", one.id); one.scrollIntoView({ block: "nearest" }); }
      else input.removeAttribute("aria-activedescendant");
    };
    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", open);
      if (!open) mark_at(-1);
    };
    const take = (value, text) => {
      const known = [...select.options].find((one) => one.value === String(value));
      const one = known || select.appendChild(new Option(text, value));
      one.selected = true;
      settle();
      show(false);
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const note = (text) => {
      const line = make("div", { class: "combo-note", role: "option", "aria-disabled": "true", "aria-selected": "false" });
      line.textContent = text;
      list.append(line);
    };
    const draw = (results) => {
      const from = options().length;
      results.forEach((result, i) => {
        const one = make("div", { role: "option", id: `${id}-option-${from + i}`, "aria-selected": String(result.id) === select.value });
        one.textContent = result.text;
        one.addEventListener("mousedown", (event) => { event.preventDefault(); take(result.id, result.text); });
        list.append(one);
      });
      if (!options().length) note(words.none);
    };
    const ask = async (q, next = 1) => {
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const address = new URL(words.remote, location.href);
        address.searchParams.set("q", q);
        address.searchParams.set("page", next);
        const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(answer.statusText);
        const told = await answer.json();
        page = next;
        more = Boolean(told.more);
        if (next === 1) list.replaceChildren();
        draw(told.results || []);
        show(true);
        if (next === 1) mark_at(q && told.results.length ? 0 : -1);
      } catch (error) {
        if (error.name === "AbortError") return;
        list.replaceChildren();
        note(words.failed);
        show(true);
      }
      asking = null;
    };
    const query = () => (chosen() && chosen().value && input.value === chosen().textContent ? "" : input.value.trim());

    input.addEventListener("input", (event) => {
      event.stopPropagation();
      clearTimeout(waiting);
      if (!event.isComposing) waiting = setTimeout(() => ask(input.value.trim()), 160);
    });
    input.addEventListener("compositionend", () => { clearTimeout(waiting); waiting = setTimeout(() => ask(input.value.trim()), 60); });
    input.addEventListener("focus", () => input.select());
    input.addEventListener("click", () => { if (list.hidden) ask(query()); });
    input.addEventListener("blur", () => {
      clearTimeout(waiting);
      if (asking) asking.abort();
      if (!input.value.trim() && !needed && select.value) take("", "");
      else settle();
      show(false);
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("scroll", () => {
      if (more && !asking && list.scrollTop + list.clientHeight > list.scrollHeight - 40) ask(query(), page + 1);
    });
    clear.addEventListener("click", () => { take("", ""); input.focus(); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const ready = list.querySelectorAll("[role=option]:not([aria-disabled])").length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) return void ask(query());
        if (!ready) return;
        if (event.key === "ArrowDown" && at === ready - 1 && more && !asking) ask(query(), page + 1);
        mark_at(event.key === "ArrowDown" ? Math.min(at + 1, ready - 1) : Math.max(at - 1, 0));
      } else if (event.key === "Enter" && !list.hidden && at >= 0) {
        event.preventDefault();
        options()[at].dispatchEvent(new MouseEvent("mousedown", { cancelable: true }));
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        event.stopPropagation();
        settle();
        show(false);
      }
    });
    select.addEventListener("settle", settle);
    settle();
  });
})();
