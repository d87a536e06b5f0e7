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

// ---- the notice ----

function showTarget() {
  const pane = element.querySelector(".tw-notice");
  root.classList.toggle("tw-reading", pane !== null);
  if (pane === null) return;
  showHits(pane);
  const target = pane.querySelector("#tw-target");
  const scroller = pane.querySelector(".tw-notice-scroll");
  if (scroller === null) return;
  if (target !== null) {
    const mark = target.querySelector("mark") ?? target;
    // A long clause is scrolled to the marked words, a short one to its beginning with its parents above it.
    scrollTo(scroller, target.offsetHeight > scroller.clientHeight * 0.6 ? mark : target);
  }
  pane.querySelector(".tw-outline .tw-here")?.scrollIntoView({ block: "nearest" });
  scroller.focus({ preventScroll: true });
  // The chat became narrower and longer: what was clicked stays in sight.
  if (opener !== null && opener.isConnected) opener.scrollIntoView({ block: "nearest" });
}

function scrollTo(scroller, wanted) {
  const offset = wanted.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  scroller.scrollTop += offset - scroller.clientHeight * 0.22;
}

function goTo(number, link) {
  link.parentElement.querySelector(":scope > .tw-fold")?.setAttribute("aria-expanded", "true");
  const wanted = element.querySelector(`[data-n="${CSS.escape(number)}"]`);
  const scroller = element.querySelector(".tw-notice-scroll");
  if (wanted === null || scroller === null) return;
  scrollTo(scroller, wanted);
  element.querySelector(".tw-outline-open")?.classList.remove("tw-outline-open");
  scroller.focus({ preventScroll: true });
}

function closePane() {
  root.classList.remove("tw-reading");
  if (opener !== null && opener.isConnected) opener.focus();
}

// ---- hits: the sources of the answer whose source is open, each once ----

function hits() {
  const list = opener?.isConnected ? opener.closest(".tw-answer, table, ul") : null;
  const links = new Map();
  for (const link of list?.querySelectorAll('a[href^="#c="]') ?? []) {
    const clause = link.getAttribute("href").split("&")[0];
    if (!links.has(clause)) links.set(clause, link);
  }
  return links;
}

function showHits(pane) {
  const links = hits();
  const here = opener === null ? -1 : [...links.keys()].indexOf(opener.getAttribute("href").split("&")[0]);
  const several = links.size > 1 && here >= 0;
  const tools = pane.querySelector(".tw-tools");
  if (tools === null) return;
  tools.classList.toggle("tw-several", several);
  tools.querySelector(".tw-position").textContent = several ? `${here + 1} / ${links.size}` : "";
}

function step(by) {
  if (!opener?.isConnected) return; // the answer was asked for anew: its sources are gone
  const links = [...hits().values()];
  const here = [...hits().keys()].indexOf(opener.getAttribute("href").split("&")[0]);
  const next = links[(here + by + links.length) % links.length];
  for (let folded = next.closest("details"); folded !== null; folded = folded.parentElement.closest("details")) {
    folded.open = true;
  }
  openSource(next);
}

// ---- a link that colleagues can open ----

async function copyLink(button) {
  const url = new URL(location.pathname, location.origin);
  url.searchParams.set("c", button.dataset.address);
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(url.href);
  } catch {
    // No clipboard over plain http: the address bar takes the link instead.
    history.replaceState(null, "", url);
  }
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = words), 1500);
}

const actions = {
  "#close-notice": closePane,
  "#close-report": (link) => link.closest(".tw-report").remove(),
  "#outline": () => element.querySelector(".tw-notice-main").classList.toggle("tw-outline-open"),
  "#fold": (link) => link.setAttribute("aria-expanded", String(link.getAttribute("aria-expanded") !== "true")),
  "#previous-hit": () => step(-1),
  "#next-hit": () => step(1),
  "#copy-link": copyLink,
};

document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const href = link === null ? "" : link.getAttribute("href");
    if (href.startsWith("#c=")) openSource(link);
    else if (href.startsWith("#go-")) goTo(href.slice(4), link);
    else if (Object.hasOwn(actions, href)) actions[href](link);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const isButton = event.target instanceof Element && event.target.matches('a[role="button"]');
  if (event.key === "Escape" && root.classList.contains("tw-reading")) closePane();
  else if (event.key === " " && isButton) {
    event.preventDefault();
    event.target.click();
  }
});

// gradio names each message by its raw HTML, and its example buttons and log in English; their own text is better.
function mendNames() {
  for (const message of document.querySelectorAll("#tw-chat [data-testid][aria-label], #tw-chat .example[aria-label]")) {
    message.removeAttribute("aria-label");
  }
  // A list's children must be list items; these are buttons.
  document.querySelector('#tw-chat .examples[role="list"]')?.setAttribute("role", "group");
  const log = document.querySelector('#tw-chat [role="log"]');
  const name = root.lang.startsWith("zh") ? "对话" : "Conversation";
  if (log !== null && log.getAttribute("aria-label") !== name) log.setAttribute("aria-label", name);
}

new MutationObserver(mendNames).observe(document.body, { childList: true, subtree: true });
mendNames();

watch("value", () => requestAnimationFrame(showTarget));

// A pasted link: /?c=ADDRESS.
const address = new URLSearchParams(location.search).get("c");
if (address !== null && address.trim() !== "") trigger("select", { address });
