// Runs once, inside the reading pane's HTML component; gradio hands in `element`, `trigger` and `watch`.
// Markers and source lines are plain links (#c=NOTICE/CLAUSE), because the chat's sanitizer keeps nothing else.
const root = document.documentElement;
let opener = null;

function openSource(link) {
  opener = link;
  for (const other of document.querySelectorAll(".tw-opened")) other.classList.remove("tw-opened");
  link.classList.add("tw-opened");
  trigger("select", { href: link.getAttribute("href") });
}

function showTarget() {
  const pane = element.querySelector(".tw-notice");
  root.classList.toggle("tw-reading", pane !== null);
  if (pane === null) return;
  const target = pane.querySelector("#tw-target");
  const scroller = pane.querySelector(".tw-notice-scroll");
  if (target === null || scroller === null) return;
  const mark = target.querySelector("mark") ?? target;
  // A long clause is scrolled to the marked words, a short one to its beginning with its parents above it.
  const wanted = target.offsetHeight > scroller.clientHeight * 0.6 ? mark : target;
  const offset = wanted.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  scroller.scrollTop += offset - scroller.clientHeight * 0.22;
  scroller.focus({ preventScroll: true });
  // The chat became narrower and longer: what was clicked stays in sight.
  if (opener !== null && opener.isConnected) opener.scrollIntoView({ block: "nearest" });
}

function closePane() {
  root.classList.remove("tw-reading");
  if (opener !== null && opener.isConnected) opener.focus();
}

document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const href = link === null ? "" : link.getAttribute("href");
    if (href.startsWith("#c=")) openSource(link);
    else if (href === "#close-notice") closePane();
    else if (href === "#close-report") link.closest(".tw-report").remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.classList.contains("tw-reading")) closePane();
});

// gradio names each message by its raw HTML, and its example buttons and log in English; their own text is better.
function mendNames() {
  for (const message of document.querySelectorAll("#tw-chat [data-testid][aria-label], #tw-chat .example[aria-label]")) {
    message.removeAttribute("aria-label");
  }
  const log = document.querySelector('#tw-chat [role="log"]');
  const name = root.lang.startsWith("zh") ? "对话" : "Conversation";
  if (log !== null && log.getAttribute("aria-label") !== name) log.setAttribute("aria-label", name);
}

new MutationObserver(mendNames).observe(document.body, { childList: true, subtree: true });
mendNames();

watch("value", () => requestAnimationFrame(showTarget));
