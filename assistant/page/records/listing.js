// Runs once, inside an HTML component that shows a listing; gradio hands in `element`, `trigger` and `watch`.
// Links to clauses (#c=…) and to close something never come here: the page's script takes them first.
// A link is a `select`; one that changes the corpus says so (data-event), because others must not wait for it.
let followed = null;

const nameOf = (link) => link.dataset.name ?? link.getAttribute("href");

element.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[role="button"][href^="#"]') : null;
  if (link === null) return;
  event.preventDefault();
  followed = nameOf(link);
  trigger(link.dataset.event ?? "select", { href: link.getAttribute("href") });
});

// The table was drawn anew: the keyboard stays where it was.
watch("value", () =>
  requestAnimationFrame(() => {
    if (followed === null) return;
    const focused = document.activeElement;
    if (focused === null || focused === document.body) {
      const links = [...element.querySelectorAll('a[role="button"]')];
      (links.find((link) => nameOf(link) === followed) ?? element.querySelector(".tw-confirm a"))?.focus();
    }
    followed = null;
  }),
);
