// Opens the page of `export html` in headless Chromium without network and uses it as a reader would.
//   node browser.js page.html /usr/bin/chromium folder-for-screenshots
"use strict";
const assert = require("assert");
const path = require("path");
const { chromium } = require(path.join(process.env.WHOWHOM_NODE_MODULES, "playwright-core"));

async function main() {
  const [page_path, executablePath, folder] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath, headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  const page = await browser.newPage({ viewport: { width: 1400, height: 850 } });
  const problems = [], requests = [];
  page.on("console", (message) => { if (message.type() === "error" || message.type() === "warning") problems.push(message.text()); });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith("file:")) requests.push(request.url()); });
  await page.goto("file://" + path.resolve(page_path));
  await page.waitForFunction(() => window.whowhom && window.whowhom.shown().nodes.length > 0);
  await page.waitForTimeout(300);
  await page.screenshot({ path: path.join(folder, "page.png") });

  // An edge, where the page says that it lies and where no node or other edge covers it.
  const target = await page.evaluate(() => {
    const box = document.getElementById("canvas").getBoundingClientRect();
    for (const edge of window.whowhom.shown().edges) {
      const [x, y] = window.whowhom.place(edge);
      if (x > 5 && y > 5 && x < box.width - 5 && y < box.height - 5 && window.whowhom.hit(x, y).edge === edge) return { edge, x: x + box.left, y: y + box.top };
    }
    return null;
  });
  assert(target, "no edge can be clicked");
  await page.mouse.click(target.x, target.y);
  const sentence = await page.textContent("#panel .evidence q");
  assert(sentence.length > 10, "the click shows no sentence");
  assert(await page.locator("#panel .evidence mark").count() > 0, "no span is marked");
  await page.waitForTimeout(200);
  await page.screenshot({ path: path.join(folder, "page-edge.png") });
  console.log("edge click:", sentence);

  // Search, choose, read the actor's panel, go to one of its edges.
  const label = await page.evaluate(() => {
    const data = JSON.parse(document.getElementById("graph-data").textContent), shown = window.whowhom.shown().nodes;
    return data.nodes[shown[shown.length - 1]].label;
  });
  await page.fill("#search", label.toLowerCase());
  await page.press("#search", "Enter");
  assert.strictEqual(await page.textContent("#panel h2"), label);
  assert(await page.locator("#panel .edge").count() > 0, "an actor without edges");
  await page.mouse.move(5, 5);
  await page.waitForTimeout(200);
  await page.screenshot({ path: path.join(folder, "page-actor.png") });
  await page.locator("#panel .edge").first().click();
  assert(await page.locator("#panel .evidence").count() > 0);

  // Filters take edges away and give them back.
  const before = await page.evaluate(() => window.whowhom.shown().edges.length);
  await page.locator("#filters label", { hasText: "claims, plans" }).locator("input").uncheck();
  const facts = await page.evaluate(() => window.whowhom.shown().edges.length);
  assert(facts < before, "the claims filter hides nothing");
  await page.locator("#filters label", { hasText: "claims, plans" }).locator("input").check();
  await page.evaluate(() => { const input = document.getElementById("day-from"); input.value = input.max; input.dispatchEvent(new Event("input")); });
  assert(await page.evaluate(() => window.whowhom.shown().edges.length) < before, "the time filter hides nothing");
  await page.evaluate(() => { const input = document.getElementById("day-from"); input.value = 0; input.dispatchEvent(new Event("input")); });
  assert.strictEqual(await page.evaluate(() => window.whowhom.shown().edges.length), before);

  // Focus shows an actor and its neighbours; expanding a neighbour adds that one's.
  const walk = await page.evaluate(() => {
    const data = JSON.parse(document.getElementById("graph-data").textContent), shown = new Set(window.whowhom.shown().edges);
    const links = new Map();
    data.edges.forEach((edge, index) => { if (shown.has(index) && edge.s !== edge.t) for (const [a, b] of [[edge.s, edge.t], [edge.t, edge.s]]) links.set(a, (links.get(a) ?? new Set()).add(b)); });
    for (const [start, near] of links) for (const next of near) if ([...links.get(next)].some((far) => far !== start && !near.has(far)))
      return { start: data.nodes[start].label, next: data.nodes[next].label };
    return null;
  });
  const choose = async (name) => { await page.fill("#search", name); await page.press("#search", "Enter"); };
  await choose(walk.start);
  await page.locator("#panel button", { hasText: "Only this and its neighbours" }).click();
  const focused = await page.evaluate(() => window.whowhom.shown().nodes.length);
  await choose(walk.next);
  await page.locator("#panel button", { hasText: "Add its neighbours" }).click();
  assert(await page.evaluate(() => window.whowhom.shown().nodes.length) > focused, "expanding a neighbour adds nobody");
  await page.locator("#all").click();
  assert.strictEqual(await page.evaluate(() => window.whowhom.shown().edges.length), before);

  // Zoom and pan move what is drawn.
  const first = await page.evaluate(() => window.whowhom.placeOfNode(window.whowhom.shown().nodes[0]));
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, -300);
  await page.waitForTimeout(100);
  assert.notDeepStrictEqual(await page.evaluate(() => window.whowhom.placeOfNode(window.whowhom.shown().nodes[0])), first);

  // The policy stops whatever else would run.
  const ran = await page.evaluate(() => { const script = document.createElement("script"); script.textContent = "window.intruder = 1"; document.body.append(script); return window.intruder === 1; });
  assert(!ran, "the content security policy let a script run");
  const own = problems.filter((text) => !/Content Security Policy/.test(text) || !/script/i.test(text));
  assert.deepStrictEqual(own, [], "the page reports problems");
  assert.deepStrictEqual(requests, [], "the page loads from elsewhere");
  await browser.close();
  console.log("edges", before, "facts", facts);
}
main().catch((error) => { console.error(error); process.exit(1); });
