// Shows a text as it will be while it is written, and saves it about 3 seconds after a pause. What a
// colleague saved meanwhile is never overwritten: then both are looked at on a page of the server.
(() => {
  const form = document.getElementById("editor");
  if (!form) return;
  const text = form.elements.namedItem("markdown");
  const revision = form.elements.namedItem("revision");
  const line = document.getElementById("editor-line");
  const newer = document.getElementById("editor-newer");
  const others = document.getElementById("editor-others");
  const preview = document.getElementById("preview");
  const SAVE = 3000, SHOW = 700, HERE = 60000;
  let kept = text.value, saving = null, saves = 0, shows = 0, shown = 0, stopped = false, leaving = false;

  const asks = (deed) => {
    const body = new FormData(form);
    body.set("do", deed);
    return window.fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
  };
  function say(words, isTrouble = false) {
    if (line.textContent !== words) line.textContent = words;
    line.classList.toggle("unsaved", isTrouble);
  }
  function tell(words) {
    if (others.textContent !== words) others.textContent = words;
    others.hidden = !words;
  }

  async function show() {
    shows = 0;
    const turn = ++shown;
    const answer = await asks("preview").catch(() => null);
    if (!answer?.ok || turn !== shown) return;
    const told = await answer.json();
    if (turn !== shown) return;
    // Made and cleaned by the server, as the page itself.
    preview.innerHTML = told.html;
    tell(told.others);
  }

  async function save() {
    saves = 0;
    if (saving || stopped || text.value === kept) return;
    const sent = text.value;
    saving = asks("save").then(async (answer) => {
      if (answer.status === 401 || answer.status === 403) return say(form.dataset.signedOut, true);
      if (answer.status === 422 || answer.status === 413) return say(form.dataset.tooLong, true);
      const told = await answer.json();
      if (answer.status === 409) {
        stopped = true;
        newer.firstElementChild.textContent = told.words;
        newer.hidden = false;
        return say("");
      }
      kept = sent;
      revision.value = told.revision;
      say(told.words);
      tell(told.others);
    }).catch(() => say(form.dataset.unsaved, true)).finally(() => {
      saving = null;
      if (text.value !== kept && !saves && !stopped) saves = window.setTimeout(save, SAVE);
    });
    await saving;
  }

  text.addEventListener("input", () => {
    window.clearTimeout(shows);
    shows = window.setTimeout(show, SHOW);
    if (!saves) saves = window.setTimeout(save, SAVE);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "preview") {
      event.preventDefault();
      show();
      return;
    }
    if (saving) {
      event.preventDefault();
      saving.then(() => form.requestSubmit(event.submitter));
      return;
    }
    leaving = true;
    window.clearTimeout(saves);
  });
  window.addEventListener("online", save);
  window.addEventListener("beforeunload", (event) => {
    if (leaving || text.value === kept) return;
    save();
    event.preventDefault();
  });
  window.setInterval(() => asks("here").then(async (answer) => answer.ok && tell((await answer.json()).others)).catch(() => {}), HERE);
  show();
})();
