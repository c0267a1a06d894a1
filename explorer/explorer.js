// The explorer of `whowhom export html`: draws the graph that stands in the page and shows the sentences behind each
// edge. No library, no network; text from articles reaches the page through textContent and canvas text alone.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("graph-data").textContent);
  const nodes = data.nodes, edges = data.edges;
  const byId = (id) => document.getElementById(id);
  const canvas = byId("canvas"), panel = byId("panel"), ink = canvas.getContext("2d");
  const typeNames = { PERSON: "person", GPE: "state", ORG: "organisation", GROUP: "group", PLACE: "place", EVENT: "event", THING: "thing" };
  const typeColors = { PERSON: "#56b4e9", GPE: "#e69f00", ORG: "#009e73", GROUP: "#cc79a7", PLACE: "#f0e442", EVENT: "#d55e00", THING: "#bbbbbb" };
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const leanColors = isDark ? { conflict: "#f0884a", cooperation: "#6bb8f2", other: "#8d959d" }
                            : { conflict: "#c8500a", cooperation: "#0072b2", other: "#9aa0a6" };
  const leanOf = (edge) => edge.quad.endsWith("conflict") ? "conflict" : edge.quad.endsWith("cooperation") ? "cooperation" : "other";
  const plainClass = "no event: roles and others";

  const view = { x: 0, y: 0, scale: 1 };
  const filter = { off: new Set([plainClass]), facts: true, claims: true, things: false, from: 0, to: 0, focus: null };
  let selected = { node: -1, edge: -1 }, hover = { node: -1, edge: -1 };
  let shownNodes = [], shownEdges = [];

  nodes.forEach((node, index) => {
    node.index = index;
    node.edges = [];
    node.key = [node.label, ...node.aliases].join("\n").toLowerCase();
    node.r = 4 + 2.2 * Math.sqrt(node.degree);
  });
  const pairs = new Map();
  edges.forEach((edge, index) => {
    edge.index = index;
    edge.group = edge.class || plainClass;
    edge.lean = leanOf(edge);
    nodes[edge.s].edges.push(index);
    if (edge.t !== edge.s) nodes[edge.t].edges.push(index);
    const key = Math.min(edge.s, edge.t) + "-" + Math.max(edge.s, edge.t);
    const list = pairs.get(key) || [];
    list.push(edge);
    pairs.set(key, list);
  });
  const days = [...new Set(edges.flatMap((edge) => [edge.first, edge.last]).filter((day) => day))].sort();
  filter.to = days.length - 1;
  // A file of roles alone must not open empty.
  if (!edges.some((edge) => edge.class)) filter.off.clear();

  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    Object.assign(element, properties);
    element.append(...children);
    return element;
  }

  // ---- what is shown
  function passes(edge) {
    if (filter.off.has(edge.group)) return false;
    if (edge.claim ? !filter.claims : !filter.facts) return false;
    if (!filter.things && !(nodes[edge.s].actor && nodes[edge.t].actor)) return false;
    const isAllTime = filter.from === 0 && filter.to === days.length - 1;
    if (!isAllTime && (!edge.first || edge.last < days[filter.from] || edge.first > days[filter.to])) return false;
    return !filter.focus || (filter.focus.has(edge.s) && filter.focus.has(edge.t));
  }
  function refresh() {
    shownEdges = edges.filter(passes);
    const used = new Set();
    shownEdges.forEach((edge) => { used.add(edge.s); used.add(edge.t); });
    if (selected.node >= 0) used.add(selected.node);
    shownNodes = [...used].sort((a, b) => nodes[a].degree - nodes[b].degree || b - a).map((index) => nodes[index]);
    const shown = new Set(shownEdges);
    for (const list of pairs.values()) {
      const parallel = list.filter((edge) => shown.has(edge));
      parallel.forEach((edge, i) => {
        const bend = parallel.length === 1 ? 0 : (i - (parallel.length - 1) / 2) * 18;
        edge.bend = edge.s < edge.t ? bend : -bend;
        edge.loop = i;
      });
    }
    byId("count").textContent = `${shownNodes.length} of ${nodes.length} actors and things, ${shownEdges.length} of ${edges.length} edges`;
    byId("all").hidden = !filter.focus;
    draw();
  }

  // ---- geometry
  const toScreen = (node) => [(node.x - view.x) * view.scale + canvas.clientWidth / 2, (node.y - view.y) * view.scale + canvas.clientHeight / 2];
  const radius = (node) => Math.max(2, node.r * Math.min(2, Math.max(0.25, view.scale)));
  // Start, control and end point of an edge on the screen, clipped to the nodes' rims.
  function curve(edge) {
    const source = nodes[edge.s], target = nodes[edge.t];
    const [x0, y0] = toScreen(source), [x1, y1] = toScreen(target);
    if (edge.s === edge.t) {
      const size = radius(source) + 14 + 8 * (edge.loop || 0);
      return [x0 - 4, y0 - radius(source), x0, y0 - 2 * size, x0 + 4, y0 - radius(source)];
    }
    const length = Math.hypot(x1 - x0, y1 - y0) || 1, ux = (x1 - x0) / length, uy = (y1 - y0) / length;
    const bend = (edge.bend || 0) * Math.min(2, Math.max(0.5, view.scale)) * 2;
    const cx = (x0 + x1) / 2 - uy * bend, cy = (y0 + y1) / 2 + ux * bend;
    const trim = (x, y, r) => { const d = Math.hypot(cx - x, cy - y) || 1; return [x + (cx - x) / d * r, y + (cy - y) / d * r]; };
    const start = trim(x0, y0, radius(source)), end = trim(x1, y1, radius(target) + 2);
    return [...start, cx, cy, ...end];
  }
  const pointOn = ([ax, ay, cx, cy, bx, by], t) => [(1 - t) ** 2 * ax + 2 * t * (1 - t) * cx + t * t * bx, (1 - t) ** 2 * ay + 2 * t * (1 - t) * cy + t * t * by];

  function fit() {
    if (!shownNodes.length) return;
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (const node of shownNodes) {
      left = Math.min(left, node.x); right = Math.max(right, node.x);
      top = Math.min(top, node.y); bottom = Math.max(bottom, node.y);
    }
    view.x = (left + right) / 2;
    view.y = (top + bottom) / 2;
    view.scale = Math.min(3, (canvas.clientWidth - 120) / Math.max(1, right - left), (canvas.clientHeight - 80) / Math.max(1, bottom - top));
    draw();
  }

  // ---- drawing
  // Above so many edges a moving picture is drawn in plain strokes, one path a colour; the full one follows when it
  // rests.
  const kPlainEdges = 1500, kRestMs = 160;
  let pending = false, movedAt = -Infinity, rest = 0;
  function move() {
    movedAt = performance.now();
    clearTimeout(rest);
    rest = setTimeout(draw, kRestMs);
    draw();
  }
  function strokesOnly() {
    for (const lean of Object.keys(leanColors)) {
      ink.strokeStyle = leanColors[lean];
      ink.beginPath();
      for (const edge of shownEdges) {
        if (edge.lean !== lean) continue;
        ink.moveTo(...toScreen(nodes[edge.s]));
        ink.lineTo(...toScreen(nodes[edge.t]));
      }
      ink.stroke();
    }
  }
  function draw() {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => { pending = false; paint(); });
  }
  function paint() {
    const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    ink.setTransform(ratio, 0, 0, ratio, 0, 0);
    ink.clearRect(0, 0, width, height);
    const lit = new Set();
    const anchor = hover.node >= 0 ? hover.node : selected.node;
    if (anchor >= 0) {
      lit.add(anchor);
      for (const edge of shownEdges) if (edge.s === anchor || edge.t === anchor) { lit.add(edge.s); lit.add(edge.t); }
    }
    const taken = [], rims = [];
    const isFree = (box, places) => !places.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    const edgeTexts = [];
    const isPlain = shownEdges.length > kPlainEdges && performance.now() - movedAt < kRestMs;
    ink.lineWidth = 1;
    ink.globalAlpha = 0.5;
    ink.setLineDash([]);
    if (isPlain) strokesOnly();
    for (const edge of isPlain ? [] : shownEdges) {
      const isActive = edge.index === selected.edge || edge.index === hover.edge;
      const isLit = isActive || anchor < 0 || edge.s === anchor || edge.t === anchor;
      const path = curve(edge);
      if (Math.max(path[0], path[2], path[4]) < 0 || Math.min(path[0], path[2], path[4]) > width ||
          Math.max(path[1], path[3], path[5]) < 0 || Math.min(path[1], path[3], path[5]) > height) continue;
      ink.globalAlpha = isLit ? 0.9 : 0.12;
      ink.strokeStyle = ink.fillStyle = leanColors[edge.lean];
      ink.lineWidth = (isActive ? 2 : 0) + Math.min(5, 1 + 0.8 * Math.log2(edge.sources || 1));
      ink.setLineDash(edge.claim ? [6, 4] : []);
      ink.beginPath();
      ink.moveTo(path[0], path[1]);
      ink.quadraticCurveTo(path[2], path[3], path[4], path[5]);
      ink.stroke();
      arrowhead(path);
      if (isLit && (isActive || anchor >= 0 || view.scale > 0.8)) edgeTexts.push([isActive ? 0 : 1, edge, path]);
    }
    ink.setLineDash([]);
    for (const node of shownNodes) {
      const [x, y] = toScreen(node), r = radius(node);
      if (x < -r || y < -r || x > width + r || y > height + r) continue;
      ink.globalAlpha = anchor < 0 || lit.has(node.index) ? 1 : 0.2;
      ink.fillStyle = typeColors[node.type];
      ink.strokeStyle = node.index === selected.node ? (isDark ? "#ffffff" : "#000000") : "#0006";
      ink.lineWidth = node.index === selected.node ? 2.5 : 1;
      ink.beginPath();
      ink.arc(x, y, r, 0, 2 * Math.PI);
      ink.fill();
      ink.stroke();
      rims.push([x - r, y - r, x + r, y + r]);
    }
    ink.textBaseline = "middle";
    // Names of the most connected may cover small nodes, but no other name.
    const label = (text, x, y, size, color, isForced, mayCover) => {
      ink.font = `${size}px system-ui, "DejaVu Sans", sans-serif`;
      const half = ink.measureText(text).width / 2 + 2, box = [x - half, y - size / 2 - 1, x + half, y + size / 2 + 1];
      if (!isForced && !(isFree(box, taken) && (mayCover || isFree(box, rims)))) return;
      taken.push(box);
      ink.lineWidth = 3;
      ink.lineJoin = "round";
      ink.strokeStyle = isDark ? "#1b1f24" : "#ffffff";
      ink.strokeText(text, x - half + 2, y);
      ink.fillStyle = color;
      ink.fillText(text, x - half + 2, y);
    };
    const short = (text, length) => { const all = [...text]; return all.length > length ? all.slice(0, length - 1).join("") + "\u2026" : text; };
    for (const [rank, node] of [...shownNodes].reverse().entries()) {
      const isForced = node.index === anchor || node.index === selected.node;
      if (anchor >= 0 && !lit.has(node.index)) continue;
      const [x, y] = toScreen(node);
      if (x < -99 || y < -20 || x > width + 99 || y > height + 20) continue;
      ink.globalAlpha = 1;
      label(short(node.label, 32), x, y + radius(node) + 9, isForced ? 14 : 12, isDark ? "#eceff1" : "#1d2126", isForced, rank < 15);
    }
    for (const [, edge, path] of edgeTexts.sort((a, b) => a[0] - b[0] || a[1].index - b[1].index)) {
      const [x, y] = pointOn(path, 0.5);
      ink.globalAlpha = 1;
      label(short((edge.negative ? "not " : "") + edge.relation, 28), x, y, 11, leanColors[leanOf(edge)], edge.index === selected.edge);
    }
    ink.globalAlpha = 1;
  }
  function arrowhead(path) {
    const angle = Math.atan2(path[5] - path[3], path[4] - path[2]), size = 5 + ink.lineWidth;
    ink.beginPath();
    ink.moveTo(path[4], path[5]);
    ink.lineTo(path[4] - size * Math.cos(angle - 0.4), path[5] - size * Math.sin(angle - 0.4));
    ink.lineTo(path[4] - size * Math.cos(angle + 0.4), path[5] - size * Math.sin(angle + 0.4));
    ink.fill();
  }

  // ---- what lies under the pointer
  function hit(x, y) {
    for (let i = shownNodes.length - 1; i >= 0; --i) {
      const [nx, ny] = toScreen(shownNodes[i]);
      if (Math.hypot(nx - x, ny - y) <= radius(shownNodes[i]) + 2) return { node: shownNodes[i].index, edge: -1 };
    }
    let best = -1, bestDistance = 7;
    for (const edge of shownEdges) {
      const path = curve(edge);
      for (let step = 1; step < 24; ++step) {
        const [px, py] = pointOn(path, step / 24), distance = Math.hypot(px - x, py - y);
        if (distance < bestDistance) { bestDistance = distance; best = edge.index; }
      }
    }
    return { node: -1, edge: best };
  }

  // ---- the panel
  function edgeLine(edge) {
    const button = make("button", { className: "edge" + (edge.claim ? " claim" : "") });
    button.append(make("span", { textContent: nodes[edge.s].label + " \u2014 " }),
                  make("b", { className: "verb", textContent: (edge.negative ? "not " : "") + edge.relation }),
                  make("span", { textContent: " \u2192 " + nodes[edge.t].label }),
                  make("div", { className: "soft", textContent: [edge.class, span(edge), count(edge.documents, "article")].filter(Boolean).join(" \u00b7 ") }));
    button.addEventListener("click", () => selectEdge(edge.index));
    return button;
  }
  const span = (item) => !item.first ? "" : item.first === item.last ? item.first : item.first + " \u2013 " + item.last;
  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  // From here on the picture grows with what is asked for: the actor's neighbours join those shown.
  function expand(index) {
    for (const e of nodes[index].edges) { filter.focus.add(edges[e].s); filter.focus.add(edges[e].t); }
    refresh();
    fit();
    selectNode(index, false);
  }
  function selectNode(index, isCentred) {
    selected = { node: index, edge: -1 };
    const node = nodes[index];
    if (!node.actor && !filter.things) { filter.things = true; buildFilters(); }
    const parts = [make("h2", { textContent: node.label }),
                   make("div", { className: "soft", textContent: [typeNames[node.type], node.country, node.sector, span(node), count(node.mentions, "mention")].filter(Boolean).join(" \u00b7 ") })];
    const focus = make("button", { textContent: "Only this and its neighbours" });
    focus.addEventListener("click", () => { filter.focus = new Set([index]); expand(index); });
    const actions = make("p", {}, focus);
    if (filter.focus) {
      const more = make("button", { textContent: "Add its neighbours" });
      more.addEventListener("click", () => expand(index));
      actions.append(" ", more);
    }
    parts.push(actions);
    const names = node.aliases.filter((alias) => alias !== node.label);
    if (names.length) parts.push(make("h3", { textContent: "Also called" }), make("div", {}, ...names.map((name) => make("span", { className: "chip", textContent: name }))));
    const visible = node.edges.map((e) => edges[e]).filter(passes).sort((a, b) => b.documents - a.documents || (a.first < b.first ? -1 : a.first > b.first ? 1 : a.index - b.index));
    const hidden = node.edges.length - visible.length;
    parts.push(make("h3", { textContent: count(visible.length, "edge") + (hidden ? ` (${hidden} filtered out)` : "") }), ...visible.map(edgeLine));
    panel.replaceChildren(...parts);
    panel.scrollTop = 0;
    if (isCentred) { view.x = node.x; view.y = node.y; view.scale = Math.max(view.scale, 1.1); }
    history.replaceState(null, "", "#" + node.id);
    refresh();
  }
  function selectEdge(index) {
    selected = { node: -1, edge: index };
    const edge = edges[index];
    const jump = (node) => { const button = make("button", { textContent: node.label }); button.addEventListener("click", () => selectNode(node.index, true)); return button; };
    const facts = [edge.class, edge.quad, edge.claim ? "claim" : "fact", edge.modality === "asserted" ? "" : edge.modality, edge.negative ? "denied or negated" : "",
                   span(edge), count(edge.statements, "statement"), count(edge.documents, "article"), count(edge.sources, "independent source")];
    const parts = [make("h2", { textContent: (edge.negative ? "not " : "") + edge.relation }), make("p", {}, jump(nodes[edge.s]), " \u2192 ", jump(nodes[edge.t])),
                   make("div", { className: "soft", textContent: facts.filter(Boolean).join(" \u00b7 ") }), make("div", { className: "soft", textContent: edge.id }),
                   make("h3", { textContent: "Sentences" })];
    for (const item of edge.evidence) {
      const quote = make("q");
      for (const [text, isMarked] of item.sentence) quote.append(isMarked ? make("mark", { textContent: text }) : text);
      const article = data.documents[item.document];
      const where = make("div", { className: "soft" });
      if (item.speaker) where.append(make("b", { textContent: item.speaker + " says so. " }));
      // The writer lets only http and https addresses in; the second look keeps that true for edited files.
      if (/^https?:\/\//.test(article.url)) where.append(make("a", { href: article.url, target: "_blank", rel: "noopener noreferrer", textContent: article.title || article.url }));
      else where.append(article.title || article.path);
      where.append([" ", article.outlet && article.outlet + ", ", item.published, " ", article.path !== article.title ? "[" + article.path + "]" : ""].filter(Boolean).join(""));
      parts.push(make("div", { className: "evidence" }, quote, where, make("div", { className: "soft", textContent: item.id })));
    }
    const rest = edge.statements - edge.evidence.length;
    if (rest > 0) parts.push(make("p", { className: "soft", textContent: `${rest} more: whowhom why ${edge.id}` }));
    panel.replaceChildren(...parts);
    panel.scrollTop = 0;
    history.replaceState(null, "", "#" + edge.id);
    draw();
  }
  function selectNothing() {
    selected = { node: -1, edge: -1 };
    panel.replaceChildren(make("h2", { textContent: "Who did what to whom" }), make("p", { textContent: "Click an actor to see its names and edges. Click an edge to read the sentences it rests on." }),
      make("p", { className: "soft", textContent: "Double-click an actor to see only it and its neighbours; do so again on a neighbour to go on from there. Drag to move, wheel or + and \u2212 to zoom, 0 to see everything, / to search, Esc to go back." }));
    history.replaceState(null, "", "#");
    refresh();
  }

  // ---- filters
  function buildFilters() {
    const box = byId("filters");
    const check = (name, isOn, change, extra) => {
      const input = make("input", { type: "checkbox", checked: isOn });
      input.addEventListener("change", () => { change(input.checked); refresh(); });
      return make("label", {}, input, ...(extra.swatch ? [extra.swatch] : []), make("span", { textContent: name }), make("span", { className: "number", textContent: extra.number ?? "" }));
    };
    const line = (lean) => { const swatch = make("span", { className: "swatch line" }); swatch.style.background = leanColors[lean]; return swatch; };
    const groups = new Map();
    edges.forEach((edge) => { const group = groups.get(edge.group) || { number: 0, lean: leanOf(edge) }; group.number++; groups.set(edge.group, group); });
    const parts = [make("h3", { textContent: "Kind of event" })];
    for (const [name, group] of [...groups].sort((a, b) => b[1].number - a[1].number || (a[0] < b[0] ? -1 : 1)))
      parts.push(check(name.toLowerCase(), !filter.off.has(name), (on) => on ? filter.off.delete(name) : filter.off.add(name), { number: group.number, swatch: line(group.lean) }));
    parts.push(make("h3", { textContent: "Who says so" }),
      check("facts (the article itself)", filter.facts, (on) => { filter.facts = on; }, { number: edges.filter((e) => !e.claim).length }),
      check("claims, plans (dashed)", filter.claims, (on) => { filter.claims = on; }, { number: edges.filter((e) => e.claim).length }),
      make("h3", { textContent: "Nodes" }), check("things, too", filter.things, (on) => { filter.things = on; }, { number: nodes.filter((n) => !n.actor).length }));
    for (const type of Object.keys(typeNames)) {
      const number = nodes.filter((node) => node.type === type).length;
      if (!number) continue;
      const swatch = make("span", { className: "swatch" });
      swatch.style.background = typeColors[type];
      parts.push(make("label", {}, swatch, make("span", { textContent: typeNames[type] }), make("span", { className: "number", textContent: number })));
    }
    if (days.length > 1) {
      const shown = make("div", { textContent: days[filter.from] + " \u2013 " + days[filter.to] });
      const slider = (name, id) => {
        const input = make("input", { type: "range", min: 0, max: days.length - 1, value: filter[name], id, ariaLabel: name });
        input.addEventListener("input", () => {
          filter[name] = Number(input.value);
          if (filter.from > filter.to) { filter[name === "from" ? "to" : "from"] = filter[name]; byId(name === "from" ? "day-to" : "day-from").value = filter[name]; }
          shown.textContent = days[filter.from] + " \u2013 " + days[filter.to];
          refresh();
        });
        return input;
      };
      parts.push(make("h3", { textContent: "Time" }), shown, slider("from", "day-from"), slider("to", "day-to"));
    }
    parts.push(make("h3", { textContent: "Colours" }), ...["conflict", "cooperation", "other"].map((lean) => make("label", {}, line(lean), make("span", { textContent: lean }))));
    box.replaceChildren(...parts);
  }

  // ---- search
  const search = byId("search"), hits = byId("hits");
  search.addEventListener("input", () => {
    const words = search.value.trim().toLowerCase();
    const found = !words ? [] : nodes.filter((node) => node.key.includes(words))
      .sort((a, b) => b.key.startsWith(words) - a.key.startsWith(words) || b.actor - a.actor || b.degree - a.degree || a.index - b.index).slice(0, 12);
    hits.replaceChildren(...found.map((node) => {
      const alias = node.label.toLowerCase().includes(words) ? "" : node.aliases.find((name) => name.toLowerCase().includes(words));
      const button = make("button", {}, make("b", { textContent: node.label }), make("span", { className: "soft", textContent: (alias ? ` (${alias})` : "") + ` ${typeNames[node.type]}, ${count(node.edges.length, "edge")}` }));
      button.addEventListener("click", () => { hits.hidden = true; search.value = node.label; selectNode(node.index, true); });
      return make("li", {}, button);
    }));
    hits.hidden = !found.length;
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && hits.firstElementChild) hits.querySelector("button").click();
    if (event.key === "ArrowDown" && hits.firstElementChild) { hits.querySelector("button").focus(); event.preventDefault(); }
  });
  hits.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? "nextElementSibling" : event.key === "ArrowUp" ? "previousElementSibling" : "";
    if (!step) return;
    event.preventDefault();
    const next = event.target.closest("li")[step];
    (next ? next.firstElementChild : search).focus();
  });

  // ---- pointer and keys
  let drag = null;
  const place = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  function zoom(factor, x, y) {
    const dx = x - canvas.clientWidth / 2, dy = y - canvas.clientHeight / 2, scale = Math.min(20, Math.max(0.02, view.scale * factor));
    view.x += dx / view.scale - dx / scale;
    view.y += dy / view.scale - dy / scale;
    view.scale = scale;
    move();
  }
  canvas.addEventListener("pointerdown", (event) => { drag = { at: place(event), moved: false }; canvas.setPointerCapture(event.pointerId); hits.hidden = true; });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = place(event);
    if (drag) {
      if (Math.hypot(x - drag.at[0], y - drag.at[1]) > 3) drag.moved = true;
      if (drag.moved) { view.x -= (x - drag.at[0]) / view.scale; view.y -= (y - drag.at[1]) / view.scale; drag.at = [x, y]; move(); }
      return;
    }
    const under = hit(x, y);
    canvas.style.cursor = under.node >= 0 || under.edge >= 0 ? "pointer" : "grab";
    if (under.node !== hover.node || under.edge !== hover.edge) { hover = under; draw(); }
  });
  canvas.addEventListener("pointerup", (event) => {
    const wasClick = drag && !drag.moved;
    drag = null;
    if (!wasClick) return;
    const under = hit(...place(event));
    if (under.node >= 0) selectNode(under.node, false);
    else if (under.edge >= 0) selectEdge(under.edge);
    else selectNothing();
  });
  canvas.addEventListener("dblclick", (event) => {
    const { node } = hit(...place(event));
    if (node < 0) return;
    filter.focus ??= new Set([node]);
    expand(node);
  });
  canvas.addEventListener("pointerleave", () => { hover = { node: -1, edge: -1 }; draw(); });
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(Math.exp(-event.deltaY * 0.0015), ...place(event)); }, { passive: false });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { hits.hidden = true; filter.focus = null; selectNothing(); return; }
    if (event.target === search) return;
    const middle = [canvas.clientWidth / 2, canvas.clientHeight / 2];
    if (event.key === "/") { search.focus(); event.preventDefault(); }
    else if (event.key === "0") fit();
    else if (event.key === "+") zoom(1.25, ...middle);
    else if (event.key === "-") zoom(0.8, ...middle);
    else if (event.target === canvas && event.key.startsWith("Arrow")) {
      view.x += 60 / view.scale * ((event.key === "ArrowRight") - (event.key === "ArrowLeft"));
      view.y += 60 / view.scale * ((event.key === "ArrowDown") - (event.key === "ArrowUp"));
      draw();
      event.preventDefault();
    }
  });
  byId("fit").addEventListener("click", fit);
  byId("all").addEventListener("click", () => { filter.focus = null; refresh(); fit(); });
  new ResizeObserver(draw).observe(byId("stage"));

  byId("title").textContent = data.title;
  buildFilters();
  const wanted = decodeURIComponent(location.hash.slice(1));
  selectNothing();
  fit();
  const wantedNode = nodes.find((node) => node.id === wanted), wantedEdge = edges.find((edge) => edge.id === wanted);
  if (wantedNode) selectNode(wantedNode.index, true);
  if (wantedEdge) selectEdge(wantedEdge.index);
  // For tests and for scripts of the reader: where an edge or node lies on the screen.
  window.whowhom = {
    shown: () => ({ nodes: shownNodes.map((node) => node.index), edges: shownEdges.map((edge) => edge.index) }),
    place: (index) => pointOn(curve(edges[index]), 0.5),
    placeOfNode: (index) => toScreen(nodes[index]),
    hit,
  };
})();
