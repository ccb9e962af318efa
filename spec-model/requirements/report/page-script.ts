/** How the page of the requirements filters its rows; it runs in a browser. */
export const pageScript = `
const form = document.querySelector("form");
const articles = [...document.querySelectorAll("article")];
function show() {
  const wanted = Object.fromEntries(new FormData(form));
  const words = wanted.words.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const article of articles) {
    const { level, actor, status } = article.dataset;
    const fits =
      (!wanted.draft || article.parentElement.dataset.draft === wanted.draft) &&
      (!wanted.level || level === wanted.level) &&
      (!wanted.actor || actor.split(" ").includes(wanted.actor)) &&
      (!wanted.status || status === wanted.status) &&
      words.every((word) => article.textContent.toLowerCase().includes(word));
    article.hidden = !fits;
    if (fits) shown++;
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = section.querySelector("article:not([hidden])") === null;
  }
  form.querySelector("output").textContent = shown + " of " + articles.length + " requirements";
}
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
`;
