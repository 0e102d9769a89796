// The one search box: "/" goes there, suggestions come while typing, arrows choose, Enter opens, Esc closes.
(() => {
  const input = document.getElementById("find");
  if (!input) return;
  const list = document.createElement("div");
  Object.assign(list, { id: "find-list", className: "suggest", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector("label[for=find]").textContent);
  input.after(list);
  const told = document.createElement("span");
  told.className = "sr";
  told.setAttribute("role", "status");
  list.after(told);
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "find-list" })
    .forEach((pair) => input.setAttribute(...pair));

  let at = -1;
  let waiting = 0;
  let asking = null;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", open);
    if (!open) choose(-1);
  };
  const choose = (index) => {
    at = index;
    options().forEach((one, i) => one.setAttribute("aria-selected", i === index));
    const one = options()[index];
    if (one) { input.setAttribute("aria-activedescendant", one.id); one.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  };
  const piece = (tag, className, words) => Object.assign(document.createElement(tag), { className, textContent: words });
  const option = (url, className, i) => {
    const one = piece("div", className, "");
    one.id = `find-option-${i}`;
    one.setAttribute("role", "option");
    one.setAttribute("aria-selected", "false");
    one.dataset.url = url;
    one.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = url; });
    one.addEventListener("mousemove", () => { if (at !== i) choose(i); });
    return one;
  };
  const draw = (answer) => {
    const hits = answer.results || answer.hits || [];
    list.replaceChildren(...hits.map((hit, i) => {
      const one = option(hit.url, "", i);
      one.append(piece("span", "hit-kind", hit.kind_label || hit.kind || ""), piece("strong", "", hit.title));
      if (hit.badge) one.append(piece("span", `badge ${hit.tone || "quiet"}`, hit.badge));
      one.append(piece("span", "hit-sub", hit.subtitle || ""));
      return one;
    }));
    if (!hits.length) {
      const none = option(input.form.action + "?q=" + encodeURIComponent(input.value.trim()), "suggest-note", 0);
      none.textContent = input.dataset.none;
      list.append(none);
    } else {
      const rest = option(input.form.action + "?q=" + encodeURIComponent(input.value.trim()), "suggest-all", hits.length);
      rest.textContent = input.dataset.all;
      list.append(rest);
    }
    told.textContent = hits.length ? input.dataset.count.replace("#", hits.length) : input.dataset.none;
    show(true);
  };
  const ask = async () => {
    const q = input.value.trim();
    if (asking) asking.abort();
    if (!q) return show(false);
    asking = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(q)}`, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === input) draw(await answer.json());
    } catch { /* typed on, or no answer: Enter still searches */ }
  };
  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, 130);
  });
  input.addEventListener("compositionend", () => { clearTimeout(waiting); waiting = setTimeout(ask, 60); });
  input.addEventListener("focus", () => { if (input.value.trim() && list.children.length) show(true); });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void ask();
      choose(event.key === "ArrowDown" ? (at + 1) % count : (at <= 0 ? count : at) - 1);
    } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
      event.preventDefault();
      location.href = options()[at].dataset.url;
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (!list.hidden) show(false);
      else if (input.value) input.value = "";
      else input.blur();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
