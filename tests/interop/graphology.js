// Reads a GEXF file as Gephi Lite does and prints what it found.
"use strict";
const fs = require("fs");
const path = require("path");
const modules = process.env.WHOWHOM_NODE_MODULES;
const Graph = require(path.join(modules, "graphology"));
const gexf = require(path.join(modules, "graphology-gexf"));
const graph = gexf.parse(Graph.MultiDirectedGraph ?? Graph, fs.readFileSync(process.argv[2], "utf8"));
const placed = graph.everyNode((_, node) => Number.isFinite(node.x) && Number.isFinite(node.y) && node.size > 0 && Boolean(node.color));
console.log(JSON.stringify({ nodes: graph.order, edges: graph.size, placed }));
