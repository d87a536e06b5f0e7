"use strict";
// All text from data goes through textContent: nothing here makes markup of it.
const data = JSON.parse(document.getElementById("data").textContent);

for (const table of document.querySelectorAll("table.sortable")) {
  table.querySelectorAll("thead th").forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") !== "descending";
      for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
      const missing = (value) => value === "";
      rows.sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        if (missing(x) || missing(y)) return missing(x) - missing(y);
        const [m, n] = [Number(x), Number(y)];
        const order = Number.isNaN(m) || Number.isNaN(n) ? x.localeCompare(y, "zh-CN") : m - n;
        return falling ? -order : order;
      });
      table.tBodies[0].append(...rows);
    });
  });
}

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const clauseBox = (run, key, rank, right) => {
  const clause = run.clauses[key];
  const box = element("div", right ? "clause right" : "clause");
  const where = clause ? [clause.title, clause.cite].filter(Boolean).join(" · ") : key;
  box.append(element("cite", "", (rank ? rank + ". " : "") + where + (right ? " ✓" : "")));
  if (clause) box.append(element("div", "", clause.text));
  return box;
};

const side = (run, row, label) => {
  const made = element("div", "");
  made.append(element("strong", "", label + "：" + run.name));
  if (!row) { made.append(element("p", "muted", "没有这一题，按 0 分计。")); return made; }
  if (row.answer) made.append(element("p", "", row.answer));
  for (const miss of row.misses || []) made.append(element("p", "muted", miss));
  const evidence = new Set(row.evidence || []);
  (row.retrieved || []).forEach((key, place) => made.append(clauseBox(run, key, place + 1, evidence.has(key))));
  return made;
};

const number = (value) => (value ?? 0).toFixed(3);

const draw = () => {
  const [a, b] = ["a", "b"].map((id) => data[Number(document.getElementById(id).value)]);
  const measure = document.getElementById("measure").value;
  const out = document.getElementById("diff");
  out.replaceChildren();
  if (a.benchmark !== b.benchmark) {
    out.append(element("p", "muted", "两次运行用的评测数据不同，不能逐题比较。"));
    return;
  }
  const inA = new Map(a.rows.map((row) => [row.id, row]));
  const inB = new Map(b.rows.map((row) => [row.id, row]));
  const moved = [];
  for (const id of new Set([...inA.keys(), ...inB.keys()])) {
    const [x, y] = [inA.get(id), inB.get(id)];
    if (x?.values[measure] === undefined && y?.values[measure] === undefined) continue;
    const change = (y?.values[measure] ?? 0) - (x?.values[measure] ?? 0);
    if (Math.abs(change) > 1e-9) moved.push([change, id, x, y]);
  }
  moved.sort((one, other) => Math.abs(other[0]) - Math.abs(one[0]) || (one[1] < other[1] ? -1 : 1));
  const up = moved.filter(([change]) => change > 0).length;
  out.append(element("p", "", `${measure} 有变化的问题 ${moved.length} 个：B 高 ${up} 个，B 低 ${moved.length - up} 个`));
  for (const [change, id, x, y] of moved) {
    const known = x ?? y;
    const better = change > 0 !== lowerIsBetter.has(measure);
    const box = element("details", better ? "better" : "worse");
    box.append(element("summary", "",
      `${id}　${known.type || ""}　${number(x?.values[measure])} → ${number(y?.values[measure])}　${known.question || ""}`));
    box.append(element("p", "muted", "证据"));
    for (const key of known.evidence || []) box.append(clauseBox(x ? a : b, key, 0, true));
    const sides = element("div", "sides");
    sides.append(side(a, x, "A"), side(b, y, "B"));
    box.append(sides);
    out.append(box);
  }
};

const lowerIsBetter = new Set(["abstain_wrong"]);
for (const id of ["a", "b", "measure"]) document.getElementById(id).addEventListener("change", draw);
draw();
