// Runs once, inside the ask tab's own HTML component; gradio hands in `element`, `trigger` and `watch`.
// What can be pressed in an answer is a link #act=VERB/TURN/VALUE (see assistant/page/ask/acts.py).
const asking = new Set(["ask", "strike", "restore", "retry"]);
const isBusy = () => document.documentElement.hasAttribute("data-tw-busy");

function act(link) {
  const href = link.getAttribute("href");
  const verb = href.slice(5).split("/")[0];
  link.closest("details.tw-menu")?.removeAttribute("open");
  // An answer is being written: a second one would write into the same chat.
  if ((asking.has(verb) || verb === "edit") && isBusy()) return;
  trigger(asking.has(verb) ? "submit" : "select", { href });
  if (verb === "edit" || asking.has(verb)) document.querySelector("#tw-question textarea")?.focus();
}

// ---- copy ----

async function copyAnswer(link) {
  const answer = link.closest(".tw-answer");
  const text = answer.querySelector(".tw-copy-text");
  const isCopied = await putOnClipboard(text);
  const said = answer.querySelector(isCopied ? ".tw-copied" : ".tw-by-hand");
  said.hidden = false;
  setTimeout(() => (said.hidden = true), 2500);
}

// Over plain http browsers give no clipboard: the older way needs a selection, and where that fails too the
// text stays selected for the person's own Ctrl+C.
async function putOnClipboard(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    source.hidden = false;
    const range = document.createRange();
    range.selectNodeContents(source);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const isCopied = document.execCommand("copy");
    if (isCopied) {
      getSelection().removeAllRanges();
      source.hidden = true;
    }
    return isCopied;
  }
}

// ---- what comes back ----

watch("value", () => {
  element.querySelector(".tw-download")?.click();
  const remark = element.querySelector(".tw-remark");
  if (remark !== null) setTimeout(() => remark.remove(), 6000);
});

document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const href = link === null ? "" : link.getAttribute("href");
    if (href.startsWith("#act=")) act(link);
    else if (href === "#copy-answer") copyAnswer(link);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// The chat's sanitizer drops roles and names; links that do something are buttons, drawings are images.
function mend() {
  for (const link of document.querySelectorAll('#tw-tab-ask a[href^="#act="], #tw-tab-ask a[href="#copy-answer"]')) {
    if (link.getAttribute("role") !== "button") link.setAttribute("role", "button");
  }
  for (const drawing of document.querySelectorAll("#tw-chat .tw-chart svg:not([role])")) {
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", drawing.querySelector(":scope > title").textContent);
  }
  // An answer is being written: its end is not there yet, or nothing is. Then the box offers to stop it.
  const parts = document.querySelectorAll("#tw-chat .tw-question, #tw-chat .tw-answer");
  const last = parts[parts.length - 1];
  const busy = last !== undefined && last.matches(".tw-question, .tw-writing");
  if (busy && !isBusy()) emptyBox();
  document.documentElement.toggleAttribute("data-tw-busy", busy);
  // Follow-ups that were looked for while the chat went on are no longer follow-ups.
  const next = document.querySelector("#tw-next .tw-follow-ups");
  const asked = document.querySelectorAll("#tw-chat .tw-question").length;
  if (next !== null) next.hidden = busy || Number(next.dataset.turns) !== asked;
}

// The box is emptied once the chat has taken its question over: what could not be sent, or was typed since,
// stays in it.
function emptyBox() {
  const box = document.querySelector("#tw-question textarea");
  const asked = [...document.querySelectorAll("#tw-chat .tw-question")].at(-1).textContent;
  const line = (text) => text.replace(/\s+/g, " ").trim();
  if (box === null || line(box.value) !== line(asked)) return;
  box.value = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// ---- where the chat is scrolled to: along with what is written, but never past the question ----

let lastShown = "";

function follow() {
  const question = [...document.querySelectorAll("#tw-chat .tw-question")].at(-1);
  if (question === undefined) return;
  const answer = [...document.querySelectorAll("#tw-chat .tw-answer")].at(-1);
  const scroller = scrollerOf(question);
  const shown = `${document.querySelectorAll("#tw-chat .tw-question").length} ${answer?.className} ${answer?.firstChild?.textContent.length}`;
  if (scroller === null || shown === lastShown) return;
  lastShown = shown;
  keepEnd(scroller);
  const top = question.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  scroller.scrollTop = Math.min(top - 12, scroller.scrollHeight);
}

// Follow-ups and the form under a thumb take room from the chat: its end stays in sight if it was.
const kept = new WeakMap();

function keepEnd(scroller) {
  if (kept.has(scroller)) return;
  kept.set(scroller, scroller.clientHeight);
  new ResizeObserver(() => {
    const lost = kept.get(scroller) - scroller.clientHeight;
    const isAtEnd = scroller.scrollTop + scroller.clientHeight + lost >= scroller.scrollHeight - 8;
    if (lost > 0 && isAtEnd) scroller.scrollTop += lost;
    kept.set(scroller, scroller.clientHeight);
  }).observe(scroller);
}

function scrollerOf(inside) {
  for (let outer = inside.parentElement; outer !== null; outer = outer.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(outer).overflowY)) return outer;
  }
  return null;
}

new MutationObserver(() => {
  mend();
  follow();
}).observe(document.body, { childList: true, subtree: true });
mend();
