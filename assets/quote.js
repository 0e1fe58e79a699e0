// Selecting words of one passage offers, in that passage's own line, to comment on just these words.
(() => {
  const label = document.currentScript.dataset.words;
  const most = 600, around = 32;
  let link, timer;
  const plain = (words) => words.replace(/\s+/g, " ");
  const blockOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".block");
  const drop = () => { link?.remove(); link = undefined; };
  const between = (from, to) => {
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return range.toString();
  };
  const offer = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) {
      // A tap on the link takes the selection away first: leave it time.
      timer = setTimeout(() => { if (link !== document.activeElement) drop(); }, 4000);
      return;
    }
    const range = selection.getRangeAt(0), block = blockOf(range.startContainer), text = block?.querySelector(".text");
    const own = block?.querySelector(".mark a[href*='/comment/']");
    // A triple click ends at the very beginning of what follows.
    const ends = blockOf(range.endContainer) === block || range.endOffset === 0;
    if (!own || !ends || !text.contains(range.startContainer)) return drop();
    const number = text.querySelector(".number");
    const start = [range.startContainer, range.startOffset];
    const end = text.contains(range.endContainer) ? [range.endContainer, range.endOffset] : [text, text.childNodes.length];
    const picked = plain(between(start, end)), exact = picked.trim();
    if (number?.contains(range.startContainer) || exact.length < 2 || exact.length > most) return drop();
    const first = number ? [number.parentNode, [...number.parentNode.childNodes].indexOf(number) + 1] : [text, 0];
    const before = plain(between(first, start) + (picked.startsWith(" ") ? " " : "")).trimStart();
    const after = plain((picked.endsWith(" ") ? " " : "") + between(end, [text, text.childNodes.length])).trimEnd();
    const url = new URL(own.href);
    url.searchParams.set("exact", exact);
    url.searchParams.set("prefix", [...before].slice(-around).join(""));
    url.searchParams.set("suffix", [...after].slice(0, around).join(""));
    url.searchParams.set("start", [...before].length);
    if (link?.parentNode !== own.parentNode) {
      drop();
      link = document.createElement("a");
      link.className = "selected";
      link.textContent = label;
      own.parentNode.append(link);
    }
    link.href = url;
  };
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, 250);
  });
})();
