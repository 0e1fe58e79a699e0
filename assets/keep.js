// Keeps on the server what is typed: at most 2.5 seconds after it was typed, and when the page is
// left. The words stay in the page whatever happens; nothing stands in the browser's own store
// unless she says that the device is hers.
(() => {
  const box = document.getElementById("keep");
  const form = box?.closest("form");
  if (!form) return;
  const url = box.dataset.url;
  const line = document.getElementById("kept-line");
  const way = document.getElementById("kept-way");
  const mine = document.getElementById("this-is-mine");
  const list = document.getElementById("kept-list");
  const OURS = ["csrf", "revision", "page"];
  const PATIENCE = 2500, LONGEST = 30000, STALLED = 15000, KEEPALIVE_BYTES = 60000;
  let turn = 0, timer = 0, underway = null, failures = 0, changed = false, sending = false, frozen = false, renewed = false, flushed = false;

  // Where she looks while she types.
  document.getElementById("body")?.after(line, way);

  const field = (name) => form.elements.namedItem(name);
  const words = () => [...new FormData(form)].filter(([name]) => !OURS.includes(name));
  const typed = () => JSON.stringify(words());
  const body = (more) => {
    const pairs = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries({ turn: ++turn, ...more })) pairs.set(name, value);
    return pairs;
  };
  let kept = typed();

  function say(words, isTrouble = false, showsWay = false) {
    if (line.textContent !== words) line.textContent = words;
    line.classList.toggle("unsaved", isTrouble);
    way.hidden = !showsWay;
  }

  function later(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { timer = 0; save(); }, wait);
  }

  function touched() {
    changed = typed() !== kept;
    remember();
    if (changed && !timer && !underway && !frozen) later(PATIENCE);
  }

  // One save at a time; what is typed meanwhile goes with the next.
  function save(more) {
    if (underway) return more ? underway.then(() => save(more)) : underway;
    if (sending || (!changed && !more)) return Promise.resolve();
    window.clearTimeout(timer);
    timer = 0;
    const sent = typed();
    const signal = AbortSignal.timeout(STALLED);
    underway = window.fetch(url, { method: "POST", signal, headers: { Accept: "application/json" }, body: body(more) })
      .then((answer) => understood(answer, sent), () => failed("unsaved"))
      .finally(() => {
        underway = null;
        changed = typed() !== kept;
        if (changed && !timer && !frozen) later(failures ? pause() : PATIENCE);
      });
    return underway;
  }

  // The page that was left may have saved its last words while this one was on its way.
  async function catchUp() {
    const came = performance.getEntriesByType("navigation")[0]?.type;
    if (came !== "reload" && came !== "back_forward") return;
    const now = await freshForm();
    const revision = now?.querySelector("input[name=revision]")?.value;
    if (!revision || revision === field("revision").value || typed() !== kept) return;
    fill([...new FormData(now)]);
    field("revision").value = revision;
    kept = typed();
  }

  async function freshForm() {
    const again = await window.fetch(window.location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!again?.ok) return null;
    const page = new DOMParser().parseFromString(await again.text(), "text/html");
    return page.getElementById("keep")?.closest("form");
  }

  const pause = () => Math.min(PATIENCE * 2 ** (failures - 1), LONGEST);

  async function understood(answer, sent) {
    const isJson = (answer.headers.get("content-type") ?? "").startsWith("application/json");
    if (answer.status === 401 || answer.status === 403) return signedOut();
    if (!isJson) return failed("unsaved");
    const told = await answer.json();
    if (answer.ok || told.state === "beside") {
      failures = 0;
      renewed = false;
      kept = sent;
      field("revision").value = told.revision;
      remember();
      const now = new Date(Date.now());
      const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
      say((told.others.length ? box.dataset.beside : box.dataset.saved).replace("00:00", time));
      show(told.others, told.state === "beside");
      return;
    }
    if (told.state === "late") {
      frozen = true;
      return say(box.dataset.late, true);
    }
    if (told.state === "too-long") return failed("tooLong");
    failed(told.state === "too-many" ? "tooMany" : "unsaved");
  }

  function failed(why) {
    failures += 1;
    say(box.dataset[why], true);
  }

  // Another tab may have signed her in meanwhile: then this page's form gets that session's token.
  async function signedOut() {
    failed("signedOut");
    say(box.dataset.signedOut, true, true);
    const token = (await freshForm())?.querySelector("input[name=csrf]");
    if (token) for (const held of document.querySelectorAll("input[name=csrf]")) held.value = token.value;
    if (token && !renewed) later(0);
    renewed = true;
  }

  // Words for the same place from elsewhere: both are shown, and she chooses.
  function show(others, isNew) {
    const area = document.getElementById("kept-others");
    const shown = JSON.stringify(others);
    if (area.dataset.shown === shown) return;
    area.dataset.shown = shown;
    area.hidden = !others.length;
    const items = others.map((other) => {
      const item = document.getElementById("kept-other").content.firstElementChild.cloneNode(true);
      const card = form.querySelector(`input[name=position][value="${CSS.escape(other.fields.position ?? "")}"]`);
      const position = item.querySelector(".position");
      position.textContent = card?.closest("label")?.textContent.trim() ?? "";
      position.parentElement.hidden = !position.textContent;
      const texts = ["condition", "body", "new_wording"].map((name) => other.fields[name]).filter(Boolean);
      for (const [name, values] of Object.entries(other.fields)) {
        if (name.startsWith("q-")) texts.push(...[values].flat().filter(Boolean).map((value) => choice(name, value)));
      }
      item.querySelector(".typed").textContent = texts.join("\n\n");
      item.querySelector("[data-do=take]").addEventListener("click", () => take(other));
      item.querySelector("[data-do=drop]").addEventListener("click", () => save({ instead_of: other.revision }));
      return item;
    });
    list.replaceChildren(...items);
    if (isNew) document.getElementById("kept-title").scrollIntoView({ block: "nearest" });
  }

  // An answer as its card says it, or as it was typed.
  const choice = (name, value) => form.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]:not([type=text])`)
    ?.closest("label")?.textContent.trim() ?? value;

  function take(other) {
    const former = field("revision").value;
    fill(Object.entries(other.fields));
    field("revision").value = other.revision;
    document.getElementById("kept-others").dataset.shown = "";
    save({ instead_of: former });
    field("body")?.focus();
  }

  function fill(pairs) {
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), ...[value].flat()]);
    for (const element of form.elements) {
      if (!element.name || OURS.includes(element.name) || element.type === "submit") continue;
      if (element.type === "radio" || element.type === "checkbox") {
        element.checked = values.get(element.name)?.includes(element.value) ?? false;
      } else if (values.has(element.name)) {
        element.value = values.get(element.name)[0];
      }
    }
  }

  // The further net, on a device that is hers.
  const store = () => { try { return window.localStorage; } catch { return null; } };
  const net = `kept ${url}`;
  function remember() {
    const holds = store();
    if (!holds || !mine.checked) return;
    if (changed) holds.setItem(net, JSON.stringify({ revision: field("revision").value, words: words() }));
    else holds.removeItem(net);
  }
  function recall() {
    const holds = store();
    document.getElementById("own-device").hidden = !holds;
    mine.checked = holds?.getItem("this device is mine") === "yes";
    const held = mine.checked && JSON.parse(holds.getItem(net) ?? "null");
    if (!held || JSON.stringify(held.words) === kept) return;
    fill(held.words.filter(([name]) => name !== "version" && name !== "nonce"));
    // If the server has other words by now, these are put beside them.
    field("revision").value = held.revision;
    say(box.dataset.back);
    touched();
  }
  mine.addEventListener("change", () => {
    const holds = store();
    if (mine.checked) {
      holds.setItem("this device is mine", "yes");
    } else {
      for (const name of Object.keys(holds)) if (name.startsWith("kept ")) holds.removeItem(name);
      holds.removeItem("this device is mine");
    }
    remember();
  });

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", (event) => {
    // What is on its way must not arrive after what is sent, and no copy may stay on the device.
    if (underway || (mine.checked && changed && !flushed)) {
      event.preventDefault();
      flushed = true;
      const again = () => { if (!sending) form.requestSubmit(event.submitter); };
      window.setTimeout(again, STALLED);
      (underway ?? save()).then(again);
      return;
    }
    sending = true;
    window.clearTimeout(timer);
    if (!changed) store()?.removeItem(net);
  });
  window.addEventListener("online", () => { if (changed) later(0); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
    else if (changed && failures) later(0);
  });
  // The last words before the page goes; the page does not wait for an answer.
  function leave() {
    if (sending || typed() === kept || frozen) return;
    const last = body({});
    const keepalive = String(last).length < KEEPALIVE_BYTES;
    window.fetch(url, { method: "POST", keepalive, headers: { Accept: "application/json" }, body: last }).catch(() => {});
  }
  window.addEventListener("pagehide", leave);
  window.addEventListener("beforeunload", (event) => {
    // Before a reload asks for the page, so that it is answered with these words.
    leave();
    // Nobody leaves without knowing that her last words are not saved.
    if (!sending && failures && typed() !== kept) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { sending = false; });
  recall();
  catchUp();
})();
